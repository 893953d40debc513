/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.RunId;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StintWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalDispatcherTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final StintEnd OVER = new StintEnd.Over();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
        threads.shutdownNow();
    }

    @Test
    void asManyStintsAsAllowedAreAtWorkAtOnceAndNoMore() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(50);
        LocalDispatcher dispatcher = dispatcher(3, run -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            now.decrementAndGet();
            done.countDown();
            return OVER;
        });

        for (int i = 0; i < 50; i++) {
            dispatcher.submit(run("/w" + i));
        }

        assertThat(done.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void slotsAreUsedAtTheSameTime() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        LocalDispatcher dispatcher = dispatcher(3, run -> {
            together.countDown();
            awaitQuietly(together);
            return OVER;
        });

        for (int i = 0; i < 3; i++) {
            dispatcher.submit(run("/w" + i));
        }

        assertThat(together.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void firstComeIsFirstServedButOneWhoseWorkspaceIsUsedIsPassedBy() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<RunId> order = new CopyOnWriteArrayList<>();
        QueuedRun holder = run("/a");
        LocalDispatcher dispatcher = dispatcher(2, run -> {
            order.add(run.run());
            if (run.equals(holder)) {
                awaitQuietly(go);
            }
            return OVER;
        });
        QueuedRun sameWorkspace = run("/a");
        QueuedRun second = run("/b");
        QueuedRun third = run("/c");
        dispatcher.submit(holder);
        await().atMost(BOUND).until(() -> order.contains(holder.run()));
        for (QueuedRun run : List.of(sameWorkspace, second, third)) {
            dispatcher.submit(run);
        }
        await().atMost(BOUND).until(() -> order.size() == 3);
        assertThat(order).containsExactly(holder.run(), second.run(), third.run());
        assertThat(dispatcher.queued()).isEqualTo(1);
        go.countDown();

        await().atMost(BOUND).until(() -> order.size() == 4);
        assertThat(order.get(3)).isEqualTo(sameWorkspace.run());
    }

    @Test
    void aWakeDuringAStintIsNotLost() throws Exception {
        AtomicInteger stints = new AtomicInteger();
        AtomicReference<LocalDispatcher> self = new AtomicReference<>();
        LocalDispatcher dispatcher = dispatcher(1, run -> {
            if (stints.incrementAndGet() == 1) {
                self.get().wake(run);
                return new StintEnd.Parked(null);
            }
            return OVER;
        });
        self.set(dispatcher);

        dispatcher.submit(run("/w"));

        await().atMost(BOUND).until(() -> stints.get() == 2);
    }

    @Test
    void aParkedRunGoesOnWhenItsTimeComesOrEarlierWhenWoken() throws Exception {
        List<RunId> stints = new CopyOnWriteArrayList<>();
        QueuedRun timed = run("/a");
        QueuedRun woken = run("/b");
        LocalDispatcher dispatcher = dispatcher(2, run -> {
            stints.add(run.run());
            boolean first = stints.stream().filter(run.run()::equals).count() == 1;
            Duration delay = run.equals(timed) ? Duration.ofMillis(20) : Duration.ofDays(1);
            return first ? new StintEnd.Parked(delay) : OVER;
        });
        dispatcher.submit(timed);
        dispatcher.submit(woken);
        await().atMost(BOUND).until(() -> stints.size() == 3);
        dispatcher.submit(woken);

        dispatcher.wake(woken);

        await().atMost(BOUND).until(() -> stints.size() == 4);
        assertThat(stints).filteredOn(woken.run()::equals).hasSize(2);
    }

    @Test
    void aParkedRunKeepsItsWorkspaceForATimeButNotForEver() throws Exception {
        List<RunId> stints = new CopyOnWriteArrayList<>();
        QueuedRun waiting = run("/w");
        QueuedRun other = run("/w");
        LocalDispatcher dispatcher = dispatcher(1, run -> {
            stints.add(run.run());
            if (!run.equals(waiting)) {
                return OVER;
            }
            return new StintEnd.Parked(stints.size() == 1 ? Duration.ofDays(1) : null);
        });
        dispatcher.submit(waiting);
        await().atMost(BOUND).until(() -> stints.size() == 1);
        dispatcher.submit(other);
        assertThat(dispatcher.queued()).isEqualTo(1);

        dispatcher.wake(waiting);

        await().atMost(BOUND).until(() -> stints.size() == 3);
        assertThat(stints).containsExactly(waiting.run(), waiting.run(), other.run());
    }

    @Test
    void aRunIsNeverWorkedTwiceAtOnce() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger stints = new AtomicInteger();
        QueuedRun run = run("/w");
        LocalDispatcher dispatcher = dispatcher(4, queued -> {
            if (now.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            stints.incrementAndGet();
            now.decrementAndGet();
            return new StintEnd.Busy(Duration.ofMillis(1), "again");
        });
        dispatcher.submit(run);

        for (int i = 0; i < 200; i++) {
            dispatcher.wake(run);
            dispatcher.submit(run);
        }

        await().atMost(BOUND).until(() -> stints.get() > 50);
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void drainWaitsForStintsAtWorkAndStartsNoMore() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger stints = new AtomicInteger();
        LocalDispatcher dispatcher = dispatcher(1, run -> {
            stints.incrementAndGet();
            started.countDown();
            awaitQuietly(go);
            return new StintEnd.Busy(Duration.ZERO, "again");
        });
        dispatcher.submit(run("/a"));
        dispatcher.submit(run("/b"));
        started.await();

        assertThat(dispatcher.drain(Duration.ofMillis(20))).isFalse();
        go.countDown();

        assertThat(dispatcher.drain(BOUND)).isTrue();
        dispatcher.wake(run("/c"));
        assertThat(dispatcher.queued()).isZero();
        assertThat(stints).hasValue(1);
    }

    @Test
    void aStintThatFailsFreesItsSlotAndIsTriedAgain() throws Exception {
        AtomicInteger stints = new AtomicInteger();
        LocalDispatcher dispatcher = dispatcher(1, run -> {
            if (stints.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug of the worker");
            }
            return OVER;
        });

        dispatcher.submit(run("/w"));

        await().atMost(BOUND).until(() -> stints.get() == 2);
    }

    @Test
    void aRunThatTheExecutorRefusesIsTriedAgain() throws Exception {
        ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
        open.add(one::shutdownNow);
        CountDownLatch go = new CountDownLatch(1);
        List<RunId> order = new CopyOnWriteArrayList<>();
        LocalDispatcher dispatcher = new LocalDispatcher(2, one, false);
        open.add(dispatcher);
        dispatcher.start(run -> {
            order.add(run.run());
            awaitQuietly(go);
            return OVER;
        });
        dispatcher.submit(run("/a"));
        dispatcher.submit(run("/b"));
        go.countDown();

        await().atMost(BOUND).until(() -> order.size() == 2);
    }

    @Test
    void anExecutorThatIsShutDownHarmsNobodyWhoSubmits() throws Exception {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdownNow();
        LocalDispatcher dispatcher = new LocalDispatcher(2, gone, false);
        open.add(dispatcher);
        dispatcher.start(run -> {
            throw new RejectedExecutionException("never called");
        });

        dispatcher.submit(run("/a"));
        dispatcher.wake(run("/b"));

        assertThat(dispatcher.drain(BOUND)).isTrue();
    }

    @Test
    void anExecutorThatWorksOnTheCallingThreadIsFine() throws Exception {
        List<Thread> workers = new CopyOnWriteArrayList<>();
        LocalDispatcher dispatcher = new LocalDispatcher(1, new CallerRuns(), false);
        open.add(dispatcher);
        dispatcher.start(run -> {
            workers.add(Thread.currentThread());
            return OVER;
        });

        dispatcher.submit(run("/a"));
        dispatcher.submit(run("/b"));

        assertThat(workers).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void anExecutorOfTheHostIsNotShutDown() {
        LocalDispatcher hosts = new LocalDispatcher(1, threads, false);
        hosts.close();
        assertThat(threads.isShutdown()).isFalse();

        LocalDispatcher own = new LocalDispatcher(1, threads, true);
        own.close();
        assertThat(threads.isShutdown()).isTrue();
    }

    private LocalDispatcher dispatcher(int maxParallel, StintWorker worker) {
        LocalDispatcher dispatcher = new LocalDispatcher(maxParallel, threads, false);
        open.add(dispatcher);
        dispatcher.start(worker);
        return dispatcher;
    }

    private static QueuedRun run(String workspace) {
        return new QueuedRun(RunId.create(Instant.now()), Path.of(workspace), Duration.ZERO);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class CallerRuns extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
