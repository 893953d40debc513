/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static dev.ralph.tck.DispatcherBench.await;
import static dev.ralph.tck.DispatcherBench.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.spi.StintEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which run is worked when, and how many at once. */
interface QueueRules extends DispatcherRules {

    StintEnd OVER = new StintEnd.Over();

    @Test
    default void asManyStintsAsAllowedAreAtWorkAtOnceAndNoMore() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(50);
        var node = dispatching().node(3, run -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            now.decrementAndGet();
            done.countDown();
            return OVER;
        });

        for (int i = 0; i < 50; i++) {
            node.submit();
        }

        await(done);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    default void slotsAreUsedAtTheSameTime() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        var node = dispatching().node(3, run -> {
            together.countDown();
            await(together);
            return OVER;
        });

        for (int i = 0; i < 3; i++) {
            node.submit();
        }

        await(together);
    }

    @Test
    default void aSlotThatGetsFreeIsUsedAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch quick = new CountDownLatch(20);
        CountDownLatch started = new CountDownLatch(1);
        var node = dispatching().node(2, run -> {
            if (started.getCount() > 0) {
                started.countDown();
                await(go);
            }
            quick.countDown();
            return OVER;
        });
        node.submit();
        await(started);

        for (int i = 0; i < 20; i++) {
            node.submit();
        }

        await(quick);
        go.countDown();
    }

    @Test
    default void theHighestPriorityGoesFirstThenWhoCameFirst() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        List<RunId> order = new CopyOnWriteArrayList<>();
        var node = dispatching().node(1, run -> {
            order.add(run);
            started.countDown();
            await(go);
            return OVER;
        });
        RunId first = node.submit();
        await(started);

        RunId low = node.submit(-5);
        RunId normal = node.submit();
        RunId high = node.submit(7);
        RunId later = node.submit();
        RunId highToo = node.submit(7);
        go.countDown();

        until("all are worked", () -> order.size() == 6);
        assertThat(order).containsExactly(first, high, highToo, normal, later, low);
    }

    @Test
    default void aRunIsNotWorkedBeforeItsDelayIsOverUnlessItIsWoken() throws Exception {
        List<RunId> order = new CopyOnWriteArrayList<>();
        var node = dispatching().node(1, run -> {
            order.add(run);
            return OVER;
        });

        RunId late = node.submit(DispatcherBench.LONG);
        RunId soon = node.submit(Duration.ofMillis(300));
        RunId now = node.submit();

        until("two are worked", () -> order.size() >= 2);
        assertThat(order).containsExactly(now, soon);
        node.wake(late);
        until("the third is worked", () -> order.size() == 3);
        assertThat(order.get(2)).isEqualTo(late);
    }

    @Test
    default void queuedCountsRunsThatAreDueAndNotAtWork() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        var node = dispatching().node(1, run -> {
            started.countDown();
            await(go);
            done.incrementAndGet();
            return OVER;
        });
        node.submit();
        await(started);

        node.submit();
        node.submit();
        node.submit(DispatcherBench.LONG);

        assertThat(node.dispatcher().queued()).isEqualTo(2);
        go.countDown();
        until("all that are due are worked", () -> done.get() == 3);
        assertThat(node.dispatcher().queued()).isZero();
    }

    @Test
    default void queueingAQueuedRunChangesNothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        List<RunId> order = new CopyOnWriteArrayList<>();
        var node = dispatching().node(1, run -> {
            order.add(run);
            started.countDown();
            await(go);
            return OVER;
        });
        RunId atWork = node.submit();
        await(started);
        RunId queued = node.submit();
        RunId delayed = node.submit(DispatcherBench.LONG);

        List.of(atWork, queued, delayed).forEach(node::submitAgain);
        RunId last = node.submit();
        go.countDown();

        until("the last is worked", () -> order.contains(last));
        assertThat(order).containsExactly(atWork, queued, last);
    }

    @Test
    default void aWakeDuringAStintIsNotLost() throws Exception {
        AtomicInteger stints = new AtomicInteger();
        CountDownLatch woken = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        var node = dispatching().node(1, run -> {
            if (stints.incrementAndGet() == 1) {
                started.countDown();
                await(woken);
                return new StintEnd.Parked(null);
            }
            return OVER;
        });
        RunId run = node.submit("/w");
        await(started);

        node.wake(run, "/w");
        woken.countDown();

        until("it is worked again", () -> stints.get() == 2);
    }

    @Test
    default void aParkedRunGoesOnBeforeItsTimeWhenItIsWoken() throws Exception {
        List<RunId> stints = new CopyOnWriteArrayList<>();
        var node = dispatching().node(1, run -> {
            stints.add(run);
            return stints.indexOf(run) == stints.size() - 1 ? new StintEnd.Parked(DispatcherBench.LONG) : OVER;
        });
        RunId parked = node.submit("/a");
        RunId other = node.submit();
        until("both are parked", () -> stints.size() == 2);

        node.submitAgain(parked);
        node.wake(parked, "/a");

        until("one is woken", () -> stints.size() == 3);
        assertThat(stints).containsExactly(parked, other, parked);
    }

    @Test
    default void aRunThatWaitsForATimeIsWorkedWhenItHasCome() throws Exception {
        AtomicInteger stints = new AtomicInteger();
        var node = dispatching()
                .node(1, run -> stints.incrementAndGet() < 3 ? new StintEnd.Parked(Duration.ofMillis(20)) : OVER);

        node.submit();

        until("it is worked three times", () -> stints.get() == 3);
    }

    @Test
    default void aRunThatIsBusyOrUnreadableIsTriedAgain() throws Exception {
        AtomicInteger stints = new AtomicInteger();
        var node = dispatching().node(1, run -> switch (stints.incrementAndGet()) {
            case 1 -> new StintEnd.Busy(Duration.ofMillis(10), "another node holds it");
            case 2 -> new StintEnd.Unreadable(Samples.STATE_VERSION, Duration.ofMillis(10));
            default -> OVER;
        });

        node.submit();

        until("it is worked three times", () -> stints.get() == 3);
    }

    @Test
    default void aRunIsNeverWorkedTwiceAtOnce() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger stints = new AtomicInteger();
        var node = dispatching().node(4, run -> {
            if (now.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            stints.incrementAndGet();
            now.decrementAndGet();
            return new StintEnd.Busy(Duration.ofMillis(1), "again");
        });

        RunId run = node.submit("/w");
        for (int i = 0; i < 50; i++) {
            node.wake(run, "/w");
        }

        until("it is worked again and again", () -> stints.get() > 5);
        assertThat(overlaps).hasValue(0);
    }

    @Test
    default void aRunThatIsOverIsForgotten() throws Exception {
        List<RunId> stints = new CopyOnWriteArrayList<>();
        var node = dispatching().node(1, run -> {
            stints.add(run);
            return OVER;
        });

        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(node.submit());
        }

        until("all are worked", () -> stints.containsAll(runs));
        RunId another = node.submit();
        until("another one is worked", () -> stints.contains(another));
        assertThat(stints).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    default void aStintThatFailsFreesItsSlotAndIsTriedAgain() throws Exception {
        AtomicInteger stints = new AtomicInteger();
        var node = dispatching().node(1, run -> {
            if (stints.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug of the worker");
            }
            return OVER;
        });

        node.submit();

        until("it is tried again", () -> stints.get() == 2);
    }

    @Test
    default void aRunThatTheExecutorRefusesIsWorkedAllTheSame() throws Exception {
        ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
        CountDownLatch go = new CountDownLatch(1);
        List<RunId> order = new CopyOnWriteArrayList<>();
        var node = dispatching().node(2, one, run -> {
            order.add(run);
            await(go);
            return OVER;
        });

        node.submit();
        node.submit();
        go.countDown();

        until("both are worked", () -> order.size() == 2);
        one.shutdownNow();
    }

    @Test
    default void theExecutorIsNotEndedByTheDispatcher() throws Exception {
        ExecutorService hosts = Executors.newSingleThreadExecutor();
        var node = dispatching().node(1, hosts, run -> OVER);

        assertThat(node.dispatcher().drain(DispatcherBench.BOUND)).isTrue();
        node.dispatcher().close();

        assertThat(hosts.isShutdown()).isFalse();
        hosts.shutdownNow();
    }
}
