/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthProbe;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular about this dispatcher; the contract kit tests the rest. */
class LocalDispatcherTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

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

    @Test
    void whatWorksAndWhatWaitsIsToldWithItsHealth() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(1);
        LocalDispatcher dispatcher = dispatcher(1, executor(1), run -> {
            working.countDown();
            await(release);
            return new StintEnd.Over();
        });
        dispatcher.submit(run("/a"));
        dispatcher.submit(run("/b"));
        dispatcher.submit(new QueuedRun(RunId.create(Instant.now()), "/c", 0, Duration.ofDays(1)));
        assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        CheckResult result = check(dispatcher);
        assertThat(result.status()).as(result.toString()).isEqualTo(CheckStatus.UP);
        assertThat(result.details())
                .containsEntry("slots", 1)
                .containsEntry("active", 1)
                .containsEntry("queued", 1)
                .containsEntry("waiting", 1);
        release.countDown();
    }

    @Test
    void anExecutorThatTakesNothingTakesTheNodeOutOfServiceUntilNothingWaitsForIt() throws Exception {
        ExecutorService gone = executor(1);
        gone.shutdownNow();
        LocalDispatcher dispatcher = dispatcher(1, gone, run -> new StintEnd.Over());
        assertThat(check(dispatcher).status()).isEqualTo(CheckStatus.UP);

        dispatcher.submit(run("/a"));

        CheckResult refused = check(dispatcher);
        assertThat(refused.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(refused.message()).contains("takes none").contains("a thread for each of 1 runs");
        dispatcher.drain(Duration.ZERO);
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(check(dispatcher).status()).isEqualTo(CheckStatus.UP);
    }

    @Test
    void anExecutorWithTooFewThreadsIsToldOf() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LocalDispatcher dispatcher = dispatcher(2, executor(1), run -> {
            await(release);
            return new StintEnd.Over();
        });
        dispatcher.submit(run("/a"));
        dispatcher.submit(run("/b"));
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());

        CheckResult result = check(dispatcher);
        assertThat(result.status()).as(result.toString()).isEqualTo(CheckStatus.DEGRADED);
        assertThat(result.message()).contains("11 s").contains("RALPH_MAX_PARALLEL_RUNS");
        release.countDown();
    }

    @Test
    void whatWasNotStartedOrIsClosedIsDown() throws Exception {
        LocalDispatcher dispatcher = new LocalDispatcher();
        assertThat(check(dispatcher).message()).contains("was not started");

        dispatcher = dispatcher(1, Runnable::run, run -> new StintEnd.Over());
        dispatcher.close();
        assertThat(check(dispatcher).status()).isEqualTo(CheckStatus.DOWN);
        assertThat(check(dispatcher).message()).contains("closed");
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CheckResult check(LocalDispatcher dispatcher) throws Exception {
        HealthProbe probe = dispatcher.healthProbes().get(0);
        assertThat(probe.name()).isEqualTo("dispatcher");
        return probe.check();
    }

    private ExecutorService executor(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        open.add(executor::shutdownNow);
        return executor;
    }

    private LocalDispatcher dispatcher(int maxParallel, Executor executor, StintWorker worker) {
        LocalDispatcher dispatcher = new LocalDispatcher(nanos::get);
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
