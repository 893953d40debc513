/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StintExecutorTest {

    @Test
    void anExecutorThatWorksOnTheCallingThreadDoesNotHoldItUp() throws Exception {
        StintExecutor executor = new StintExecutor(Runnable::run);
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();

        executor.execute(() -> {
            worker.complete(Thread.currentThread());
            goOn.join();
        });
        goOn.complete(null);

        assertThat(worker.get(30, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
        executor.shutdown();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStintThatIsRefusedIsWorkedAllTheSame() throws Exception {
        StintExecutor executor = new StintExecutor(task -> {
            throw new RejectedExecutionException("full");
        });
        CompletableFuture<Boolean> worked = new CompletableFuture<>();

        executor.execute(() -> worked.complete(true));

        assertThat(worked.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStintThatCannotBeGivenOutIsNotWaitedFor() throws Exception {
        StintExecutor executor = new StintExecutor(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> executor.execute(() -> {}));

        executor.shutdown();
        assertThat(executor.awaitStopped(Duration.ofSeconds(30))).isTrue();
    }
}
