/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static dev.ralph.tck.DispatcherBench.BOUND;
import static dev.ralph.tck.DispatcherBench.await;
import static dev.ralph.tck.DispatcherBench.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.spi.StintEnd;
import dev.ralph.tck.DispatcherBench.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several nodes work one queue. */
interface DistributionRules extends DispatcherRules {

    StintEnd ENDED = new StintEnd.Over();

    @Test
    default void aRunIsWorkedByWhicheverNodeIsFree() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        Queue<RunId> byOther = new ConcurrentLinkedQueue<>();
        Node first = dispatching().node(1, run -> {
            full.countDown();
            await(go);
            return ENDED;
        });
        first.submit();
        await(full);
        dispatching().node(1, run -> {
            byOther.add(run);
            return ENDED;
        });

        RunId second = first.submit();

        until("the other node takes it", () -> byOther.contains(second));
        go.countDown();
    }

    @Test
    default void twoNodesWorkEveryRunOnce() throws Exception {
        Queue<RunId> worked = new ConcurrentLinkedQueue<>();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            nodes.add(dispatching().node(3, run -> {
                worked.add(run);
                return ENDED;
            }));
        }

        List<RunId> submitted = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            submitted.add(nodes.get(i % 2).submit());
        }

        until("all are worked", () -> worked.size() >= 200);
        assertThat(worked).containsExactlyInAnyOrderElementsOf(submitted);
    }

    @Test
    default void aRunThatIsHandedBackGoesOnElsewhere() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Queue<RunId> byOther = new ConcurrentLinkedQueue<>();
        Node first = dispatching().node(1, run -> {
            started.countDown();
            await(closing);
            return new StintEnd.HandedBack();
        });
        RunId run = first.submit();
        await(started);
        dispatching().node(1, other -> {
            byOther.add(other);
            return ENDED;
        });

        closing.countDown();
        assertThat(first.dispatcher().drain(BOUND)).isTrue();

        until("the other node takes it", () -> byOther.contains(run));
    }

    @Test
    default void aRunThatWaitsIsWokenFromAnyNode() throws Exception {
        List<RunId> stints = new CopyOnWriteArrayList<>();
        Node first = dispatching().node(1, run -> {
            stints.add(run);
            return new StintEnd.Parked(null);
        });
        Node second = dispatching().node(1, run -> {
            stints.add(run);
            return new StintEnd.Parked(null);
        });
        RunId run = first.submit("/w");
        until("it is parked", () -> stints.size() == 1);

        second.wake(run, "/w");

        until("it is worked again", () -> stints.size() == 2);
    }

    @Test
    default void neverTwoNodesWorkInOneWorkspace() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(12);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            nodes.add(dispatching().node(3, run -> {
                if (now.incrementAndGet() > 1) {
                    overlaps.incrementAndGet();
                }
                Thread.onSpinWait();
                now.decrementAndGet();
                done.countDown();
                return ENDED;
            }));
        }
        String shared = StoreBench.unique("/shared");

        for (int i = 0; i < 12; i++) {
            nodes.get(i % 2).submit(shared);
        }

        await(done);
        assertThat(overlaps).hasValue(0);
    }
}
