/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StintWorker;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular about this dispatcher; the contract kit tests the rest. */
class LocalDispatcherTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    @Test
    void anExecutorThatIsShutDownHarmsNobodyWhoSubmits() throws Exception {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdownNow();
        LocalDispatcher dispatcher = dispatcher(2, gone, run -> {
            throw new RejectedExecutionException("never called");
        });

        dispatcher.submit(run("/a"));
        dispatcher.wake(run("/b"));

        assertThat(dispatcher.drain(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void anExecutorThatWorksOnTheCallingThreadIsFine() {
        List<Thread> workers = new CopyOnWriteArrayList<>();
        LocalDispatcher dispatcher = dispatcher(1, Runnable::run, run -> {
            workers.add(Thread.currentThread());
            return new StintEnd.Over();
        });

        dispatcher.submit(run("/a"));
        dispatcher.submit(run("/b"));

        assertThat(workers).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void whatWaitsIsForgottenByADrain() throws Exception {
        LocalDispatcher dispatcher = dispatcher(1, Runnable::run, run -> new StintEnd.Parked(Duration.ofDays(1)));
        QueuedRun holder = run("/a");
        dispatcher.submit(holder);
        dispatcher.submit(run("/a"));
        assertThat(dispatcher.queued()).isEqualTo(1);

        assertThat(dispatcher.drain(Duration.ofSeconds(30))).isTrue();
        dispatcher.wake(holder);

        assertThat(dispatcher.queued()).isZero();
    }

    private LocalDispatcher dispatcher(int maxParallel, Executor executor, StintWorker worker) {
        LocalDispatcher dispatcher = new LocalDispatcher();
        open.add(dispatcher);
        dispatcher.start(new DispatchContext(
                worker,
                new InMemoryStore(InstantSource.system()),
                "node",
                maxParallel,
                executor,
                Set.of(1),
                Duration.ofSeconds(15)));
        return dispatcher;
    }

    private static QueuedRun run(String workspace) {
        return new QueuedRun(RunId.create(Instant.now()), workspace, 0, Duration.ZERO);
    }
}
