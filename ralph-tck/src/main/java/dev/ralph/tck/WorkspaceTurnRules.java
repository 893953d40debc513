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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two runs with one workspace take turns, and hold up nobody else. */
interface WorkspaceTurnRules extends DispatcherRules {

    StintEnd DONE = new StintEnd.Over();

    @Test
    default void oneWhoseWorkspaceIsUsedIsPassedByAndWorkedLater() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<RunId> order = new CopyOnWriteArrayList<>();
        AtomicReference<@Nullable RunId> holder = new AtomicReference<>();
        var node = dispatching().node(2, run -> {
            order.add(run);
            if (holder.compareAndSet(null, run)) {
                await(go);
            }
            return DONE;
        });
        String shared = StoreBench.unique("/shared");

        RunId first = node.submit(shared);
        until("the first has its workspace", () -> holder.get() != null);
        RunId sameWorkspace = node.submit(shared);
        RunId second = node.submit();
        RunId third = node.submit();

        until("those behind are worked", () -> order.size() >= 3);
        assertThat(order).containsExactly(first, second, third);
        go.countDown();
        until("the one that was passed by is worked", () -> order.size() >= 4);
        assertThat(order.get(3)).isEqualTo(sameWorkspace);
    }

    @Test
    default void neverTwoWorkInOneWorkspace() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(12);
        var node = dispatching().node(4, run -> {
            if (now.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            Thread.onSpinWait();
            now.decrementAndGet();
            done.countDown();
            return DONE;
        });
        String shared = StoreBench.unique("/shared");

        for (int i = 0; i < 12; i++) {
            node.submit(shared);
        }

        await(done);
        assertThat(overlaps).hasValue(0);
    }

    @Test
    default void aParkedRunKeepsItsWorkspaceForATimeButNotForEver() throws Exception {
        List<RunId> stints = new CopyOnWriteArrayList<>();
        AtomicReference<@Nullable RunId> waiting = new AtomicReference<>();
        var node = dispatching().node(1, run -> {
            waiting.compareAndSet(null, run);
            stints.add(run);
            if (!run.equals(waiting.get())) {
                return DONE;
            }
            return new StintEnd.Parked(stints.size() == 1 ? DispatcherBench.LONG : null);
        });
        String shared = StoreBench.unique("/shared");
        RunId first = node.submit(shared);
        until("it is worked", () -> stints.size() == 1);

        RunId other = node.submit(shared);
        RunId elsewhere = node.submit();
        until("a run elsewhere is worked", () -> stints.contains(elsewhere));
        assertThat(stints).doesNotContain(other);
        node.wake(first, shared);

        until("the other one is worked", () -> stints.contains(other));
        assertThat(stints).containsExactly(first, elsewhere, first, other);
    }

    @Test
    default void aRunThatWaitsForItsWorkspaceDoesSoWithoutASlot() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(5);
        AtomicReference<@Nullable RunId> holder = new AtomicReference<>();
        var node = dispatching().node(2, run -> {
            if (holder.compareAndSet(null, run)) {
                await(go);
            } else {
                others.countDown();
            }
            return DONE;
        });
        String shared = StoreBench.unique("/shared");
        node.submit(shared);
        until("the first has its workspace", () -> holder.get() != null);
        for (int i = 0; i < 5; i++) {
            node.submit(shared, 9, Duration.ZERO);
        }

        for (int i = 0; i < 5; i++) {
            node.submit();
        }

        await(others);
        go.countDown();
    }
}
