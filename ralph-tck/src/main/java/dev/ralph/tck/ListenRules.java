/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.StoreException;
import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who listens is told of changes that can be read by then; and how a store is closed. */
interface ListenRules extends StoreRules {

    Duration SOON = Duration.ofSeconds(10);

    @Test
    default void aListenerIsToldOfNewEventsOnceTheyCanBeRead() throws Exception {
        OwnedRun run = bench().createOwned();
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        StoreListener listener = new Told() {
            @Override
            public void advanced(RunId id) {
                if (id.equals(run.id())) {
                    seen.complete(bench().store().events(id, 0, 10).size());
                }
            }
        };

        try (AutoCloseable subscription = bench().store().listen(listener)) {
            run.step().events(1).committed();

            assertThat(seen.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    default void aListenerIsToldOfNewRunsAndCommands() throws Exception {
        Told told = new Told();
        NewRun run = Samples.newRun();
        try (AutoCloseable subscription = bench().store().listen(told)) {
            bench().create(run);
            awaitContains(told.advanced, run.id());

            bench().store().append(run.id(), UUID.randomUUID(), new Command.Pause());
            awaitContains(told.commanded, run.id());
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    default void aListenerIsToldOfWhatOtherNodesDoIfTheStoreSaysSo() throws Exception {
        Told told = new Told();
        RunId run = bench().create();
        try (AutoCloseable subscription = bench().store().listen(told)) {
            bench().other().append(run, UUID.randomUUID(), new Command.Pause());
            bench().claimElsewhere(run).step().events(1).committed();

            if (bench().store().seesRemoteChanges()) {
                awaitContains(told.commanded, run);
                awaitContains(told.advanced, run);
            } else {
                assertThat(bench().store().commands(run, 0))
                        .as("polling finds it")
                        .hasSize(1);
                assertThat(bench().store().events(run, 0, 10)).hasSize(2);
            }
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    default void aListenerIsCalledOutsideEveryLock() throws Exception {
        OwnedRun run = bench().createOwned();
        CompletableFuture<Long> written = new CompletableFuture<>();
        StoreListener listener = new Told() {
            @Override
            public void advanced(RunId id) {
                if (id.equals(run.id())) {
                    CompletableFuture.supplyAsync(
                                    () -> bench().store().append(id, UUID.randomUUID(), new Command.Pause()))
                            .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                            .whenComplete((number, failure) -> {
                                if (failure == null) {
                                    written.complete(number);
                                } else {
                                    written.completeExceptionally(failure);
                                }
                            })
                            .join();
                }
            }
        };

        try (AutoCloseable subscription = bench().store().listen(listener)) {
            run.step().events(1).committed();

            assertThat(written.get(2 * SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    default void aListenerThatThrowsHarmsNobody() throws Exception {
        Told told = new Told();
        StoreListener broken = new StoreListener() {
            @Override
            public void commanded(RunId run) {
                throw new IllegalStateException("broken listener");
            }

            @Override
            public void advanced(RunId run) {
                throw new IllegalStateException("broken listener");
            }
        };
        try (AutoCloseable first = bench().store().listen(broken);
                AutoCloseable second = bench().store().listen(told)) {
            OwnedRun run = bench().createOwned();
            run.step().events(1).committed();
            bench().store().append(run.id(), UUID.randomUUID(), new Command.Pause());

            awaitContains(told.advanced, run.id());
            awaitContains(told.commanded, run.id());
            assertThat(run.version()).isEqualTo(1);
            assertThat(List.of(first, second)).doesNotContainNull();
        }
    }

    @Test
    default void closingASubscriptionEndsIt() throws Exception {
        Told closed = new Told();
        Told open = new Told();
        AutoCloseable subscription = bench().store().listen(closed);
        try (AutoCloseable stays = bench().store().listen(open)) {
            subscription.close();
            subscription.close();

            RunId run = bench().create();
            bench().store().append(run, UUID.randomUUID(), new Command.Pause());

            awaitContains(open.advanced, run);
            awaitContains(open.commanded, run);
            assertThat(closed.advanced).doesNotContain(run);
            assertThat(closed.commanded).doesNotContain(run);
            assertThat(stays).isNotNull();
        }
    }

    @Test
    default void oneListenerMaySubscribeTwiceAndEndOneOfThem() throws Exception {
        Told told = new Told();
        try (AutoCloseable stays = bench().store().listen(told)) {
            bench().store().listen(told).close();

            RunId run = bench().create();

            awaitContains(told.advanced, run);
            assertThat(stays).isNotNull();
        }
    }

    @Test
    default void aClosedStoreSaysSo() {
        RunId run = bench().create();
        Store store = bench().store();

        store.close();

        assertThatCode(store::close).as("closing twice").doesNotThrowAnyException();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.find(run));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.create(Samples.newRun()));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.list(RunQuery.NEWEST));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.append(run, UUID.randomUUID(), new Command.Pause()));
    }

    private static void awaitContains(Queue<RunId> told, RunId run) {
        Awaitility.await("the listener is told of " + run)
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> told.contains(run));
    }

    /** Remembers what it is told. */
    class Told implements StoreListener {

        final Queue<RunId> commanded = new ConcurrentLinkedQueue<>();
        final Queue<RunId> advanced = new ConcurrentLinkedQueue<>();

        @Override
        public void commanded(RunId run) {
            commanded.add(run);
        }

        @Override
        public void advanced(RunId run) {
            advanced.add(run);
        }
    }
}
