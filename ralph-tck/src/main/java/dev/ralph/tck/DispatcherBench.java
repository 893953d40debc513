/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Dispatchers under test, each with a store as its node sees it, and what the rules do with them again and again. */
final class DispatcherBench {

    /** Far beyond what anything takes. */
    static final Duration BOUND = Duration.ofSeconds(30);

    /** Longer than any test takes. */
    static final Duration LONG = Duration.ofDays(1);

    private static final StintEnd OVER = new StintEnd.Over();

    private final Callable<Store> stores;
    private final Callable<Dispatcher> dispatchers;
    private final List<Node> nodes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    DispatcherBench(Callable<Store> stores, Callable<Dispatcher> dispatchers) {
        this.stores = stores;
        this.dispatchers = dispatchers;
    }

    /** What a worker does; may wait. */
    @FunctionalInterface
    interface Stints {
        StintEnd work(RunId run) throws InterruptedException;
    }

    /** A started dispatcher that works so many stints at once. */
    Node node(int maxParallel, Stints stints) throws Exception {
        return node(maxParallel, threads, stints);
    }

    /** The same, on threads of its own. */
    Node node(int maxParallel, Executor executor, Stints stints) throws Exception {
        Store store = stores.call();
        Node node = new Node(store, dispatchers.call());
        nodes.add(node);
        node.dispatcher.start(new DispatchContext(
                run -> work(stints, run),
                store,
                "node-" + nodes.size(),
                maxParallel,
                executor,
                Set.of(Samples.STATE_VERSION),
                Duration.ofSeconds(15)));
        return node;
    }

    void close() throws InterruptedException {
        threads.shutdownNow();
        for (Node node : nodes) {
            node.dispatcher.drain(BOUND);
            node.dispatcher.close();
        }
        for (Node node : nodes) {
            node.store.close();
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS))
                .as("it happens in time")
                .isTrue();
    }

    static void until(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(holds);
    }

    private static StintEnd work(Stints stints, RunId run) {
        try {
            return stints.work(run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OVER;
        }
    }

    /** One node: its dispatcher and the store as it sees it. */
    static final class Node {

        private final Store store;
        private final Dispatcher dispatcher;

        private Node(Store store, Dispatcher dispatcher) {
            this.store = store;
            this.dispatcher = dispatcher;
        }

        Dispatcher dispatcher() {
            return dispatcher;
        }

        /** Submits a run on a workspace of its own. */
        RunId submit() {
            return submit(StoreBench.unique("/w"), 0, Duration.ZERO);
        }

        RunId submit(String workspace) {
            return submit(workspace, 0, Duration.ZERO);
        }

        RunId submit(int priority) {
            return submit(StoreBench.unique("/w"), priority, Duration.ZERO);
        }

        RunId submit(Duration delay) {
            return submit(StoreBench.unique("/w"), 0, delay);
        }

        /** Goes on as a host does: stores the run, then queues it. */
        RunId submit(String workspace, int priority, Duration delay) {
            NewRun run = Samples.queued(workspace, priority, delay);
            assertThat(store.create(run).created()).isTrue();
            dispatcher.submit(queued(run));
            return run.id();
        }

        /** Submits a run again, as a host does that does not know it was submitted. */
        void submitAgain(RunId run) {
            dispatcher.submit(new QueuedRun(run, StoreBench.unique("/w"), 0, Duration.ZERO));
        }

        void wake(RunId run, String workspace) {
            dispatcher.wake(new QueuedRun(run, workspace, 0, Duration.ZERO));
        }

        void wake(RunId run) {
            wake(run, StoreBench.unique("/w"));
        }

        private static QueuedRun queued(NewRun run) {
            return new QueuedRun(run.id(), Objects.requireNonNull(run.workspace()), run.priority(), run.startDelay());
        }
    }
}
