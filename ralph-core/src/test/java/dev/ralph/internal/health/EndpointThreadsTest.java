/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndpointThreadsTest {

    private static final int MORE_THAN_THERE_ARE_THREADS = 12;

    @Test
    void requestsThatTakeTooLongAreCutOffAndThoseAfterThemAreNot() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(MORE_THAN_THERE_ARE_THREADS);
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        try (EndpointThreads threads = new EndpointThreads(Duration.ofMillis(50))) {
            for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
                threads.execute(() -> waitFor(never));
            }
            for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
                threads.execute(() -> {
                    interrupted.add(Thread.currentThread().isInterrupted());
                    served.countDown();
                });
            }
            assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(interrupted).hasSize(MORE_THAN_THERE_ARE_THREADS).containsOnly(false);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // As the HTTP server does: the flag stays for whoever looks next.
            Thread.currentThread().interrupt();
        }
    }
}
