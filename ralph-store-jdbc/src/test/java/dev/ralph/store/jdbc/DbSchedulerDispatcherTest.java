/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.store.jdbc.Cluster.untilTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RunId;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StintWorker;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.store.InMemoryStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is particular about this dispatcher; the contract kit tests the rest. */
@Tag("integration")
class DbSchedulerDispatcherTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final StintEnd OVER = new StintEnd.Over();

    /** Heartbeats of 200 ms. */
    private static final Duration SHORT_LEASE = Duration.ofMillis(1_200);

    private static final int VERSION = 1;

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void itNeedsAStoreInPostgresql() {
        Store memory = cluster.closing(new InMemoryStore(InstantSource.system()));
        Store h2 = cluster.closing(
                JdbcStore.builder().h2File(cluster.folder().resolve("runs")).build());

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> start(memory, "a", Set.of(VERSION), run -> OVER))
                .withMessageContaining("RALPH_STORE=jdbc");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> start(h2, "a", Set.of(VERSION), run -> OVER))
                .withMessageContaining("PostgreSQL")
                .withMessageContaining("RALPH_DISPATCHER=local");
    }

    @Test
    void itIsFoundByItsIdAndConfigured() {
        for (String role : List.of("work", "submit")) {
            try (Orchestrator ralph = Orchestrator.builder()
                    .store(cluster.store())
                    .property("RALPH_DISPATCHER", "db-scheduler")
                    .property(DbSchedulerDispatcherProvider.ROLE, role)
                    .property(DbSchedulerDispatcherProvider.POLL, "100")
                    .agent(new CodedAgent(invocation -> CodedAgent.says("LOOP_COMPLETE")))
                    .build()) {
                ralph.submit(cluster.task(role).build());
            }
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder()
                        .property(DbSchedulerDispatcherProvider.ROLE, "boss")
                        .build())
                .withMessageContaining("'boss'")
                .withMessageContaining("work or submit");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder()
                        .property(DbSchedulerDispatcherProvider.POLL, "fast")
                        .build())
                .withMessageContaining("'fast'");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> DbSchedulerDispatcher.working(Duration.ZERO))
                .withMessageContaining("PT0.01S");
    }

    @Test
    void aNodeThatOnlySubmitsWorksNothing() throws Exception {
        List<RunId> there = new CopyOnWriteArrayList<>();
        JdbcStore submitting = cluster.store();
        Dispatcher dispatcher = cluster.closing(DbSchedulerDispatcher.submitting());
        dispatcher.start(context(submitting, "front", Set.of(VERSION), run -> {
            throw new AssertionError("this node works nothing");
        }));
        RunId run = submit(submitting, dispatcher);
        assertThat(dispatcher.queued()).isEqualTo(1);

        start(cluster.store(), "worker", Set.of(VERSION), worked -> {
            there.add(worked);
            return OVER;
        });

        untilTrue("the other node works it", () -> there.contains(run));
        assertThat(dispatcher.drain(Duration.ZERO)).isTrue();
    }

    @Test
    void aRunIsLeftToNodesThatCanReadIt() throws Exception {
        List<String> worked = new CopyOnWriteArrayList<>();
        JdbcStore store = cluster.store();
        Dispatcher old = start(store, "old", Set.of(VERSION), run -> {
            worked.add("old");
            return new StintEnd.Unreadable(VERSION + 1, Duration.ofDays(1));
        });
        RunId run = submit(store, old);
        untilTrue("the old node has seen that it cannot read it", () -> names().contains("run/2"));
        RunId newer = create(store, VERSION + 1);

        start(cluster.store(), "new", Set.of(VERSION, VERSION + 1), newRun -> {
            worked.add("new " + newRun);
            return OVER;
        });

        untilTrue("the new node works both", () -> worked.contains("new " + run) && worked.contains("new " + newer));
        assertThat(worked).filteredOn("old"::equals).hasSize(1);
    }

    @Test
    void anEntryWhoseNodeIsDeadIsWorkedByAnotherOne() throws Exception {
        List<RunId> worked = new CopyOnWriteArrayList<>();
        JdbcStore store = cluster.store();
        store.parts().queue().open();
        RunId run = create(store, VERSION);
        DATABASE.execute(
                "UPDATE ralph.queue SET picked = true, picked_by = 'gone', holds = true, version = version + 1,"
                        + " last_heartbeat = clock_timestamp()");

        long begin = System.nanoTime();
        start(cluster.store(), "alive", Set.of(VERSION), revived -> {
            worked.add(revived);
            return OVER;
        });

        untilTrue("it is worked", () -> worked.contains(run));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(took).isBetween(SHORT_LEASE.dividedBy(6).multipliedBy(4), SHORT_LEASE.plusSeconds(3));
    }

    @Test
    void aNodeThatLivesKeepsItsEntryHoweverLongItWorks() throws Exception {
        List<String> worked = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        JdbcStore store = cluster.store();
        Dispatcher slow = start(store, "slow", Set.of(VERSION), run -> {
            worked.add("slow");
            await(go);
            return OVER;
        });
        submit(store, slow);
        untilTrue("it is at work", () -> !worked.isEmpty());
        Instant begin = Instant.now();
        start(cluster.store(), "idle", Set.of(VERSION), run -> {
            worked.add("idle");
            return OVER;
        });

        untilTrue(
                "it has sent heartbeats for long",
                () -> heartbeats() >= begin.plus(SHORT_LEASE.multipliedBy(2)).toEpochMilli());

        go.countDown();
        untilTrue("it is over", () -> names().isEmpty());
        assertThat(worked).containsExactly("slow");
    }

    @Test
    void heartbeatsGoOnAlthoughAllOtherConnectionsAreTaken() throws Exception {
        List<String> worked = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        JdbcStore starved = cluster.closing(JdbcStore.builder()
                .url(DATABASE.url())
                .pool(1, 1)
                .migrations(MigrationMode.NONE)
                .build());
        Dispatcher dispatcher = start(starved, "starved", Set.of(VERSION), run -> {
            worked.add("starved");
            await(go);
            return OVER;
        });
        submit(starved, dispatcher);
        untilTrue("it is at work", () -> !worked.isEmpty());
        start(cluster.store(), "other", Set.of(VERSION), run -> {
            worked.add("other");
            return OVER;
        });

        try (Connection taken = starved.parts().work().getConnection()) {
            Instant begin = Instant.now();
            untilTrue(
                    "it has sent heartbeats for long",
                    () -> heartbeats()
                            >= begin.plus(SHORT_LEASE.multipliedBy(2)).toEpochMilli());
            assertThat(taken.isClosed()).isFalse();
        }
        go.countDown();

        untilTrue("it is over", () -> names().isEmpty());
        assertThat(worked).containsExactly("starved");
    }

    @Test
    void heartbeatsGoOnWhileTheNodeIsDrained() throws Exception {
        List<String> worked = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        JdbcStore store = cluster.store();
        Dispatcher closing = start(store, "closing", Set.of(VERSION), run -> {
            worked.add("closing");
            await(go);
            return OVER;
        });
        submit(store, closing);
        untilTrue("it is at work", () -> !worked.isEmpty());
        start(cluster.store(), "other", Set.of(VERSION), run -> {
            worked.add("other");
            return OVER;
        });

        assertThat(closing.drain(SHORT_LEASE.multipliedBy(2))).isFalse();
        assertThat(worked).containsExactly("closing");
        go.countDown();

        assertThat(closing.drain(Cluster.BOUND)).isTrue();
        untilTrue("it is over", () -> names().isEmpty());
        assertThat(worked).containsExactly("closing");
    }

    @Test
    void whatIsWokenOnOneNodeIsWorkedOnAnotherWithinASecond() throws Exception {
        List<Long> worked = new CopyOnWriteArrayList<>();
        JdbcStore store = cluster.store();
        Dispatcher front = cluster.closing(DbSchedulerDispatcher.submitting());
        front.start(context(store, "front", Set.of(VERSION), run -> OVER));
        Dispatcher worker = cluster.closing(DbSchedulerDispatcher.working(Duration.ofMinutes(1)));
        JdbcStore other = cluster.store();
        List.of(store, other).forEach(node -> cluster.closing(node.listen(new Indifferent())));
        untilTrue("they hear each other", () -> store.seesRemoteChanges() && other.seesRemoteChanges());
        worker.start(context(other, "worker", Set.of(VERSION), run -> {
            worked.add(System.nanoTime());
            return OVER;
        }));
        for (int i = 1; i <= 5; i++) {
            int count = i;
            long begin = System.nanoTime();
            submit(store, front);
            untilTrue("it is worked", () -> worked.size() == count);
            assertThat(Duration.ofNanos(worked.get(i - 1) - begin)).isLessThan(Duration.ofSeconds(1));
        }
        worker.drain(Cluster.BOUND);
    }

    private static OrchestratorBuilder builder() {
        return Orchestrator.builder().property("RALPH_DISPATCHER", "db-scheduler");
    }

    private Dispatcher start(Store store, String node, Set<Integer> versions, StintWorker worker) {
        DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.working(Duration.ofMillis(100));
        dispatcher.start(context(store, node, versions, worker));
        cluster.closing(() -> {
            dispatcher.drain(Duration.ofSeconds(10));
            dispatcher.close();
        });
        return dispatcher;
    }

    private DispatchContext context(Store store, String node, Set<Integer> versions, StintWorker worker) {
        return new DispatchContext(worker, store, node, 2, threads, versions, SHORT_LEASE);
    }

    private static RunId submit(JdbcStore store, Dispatcher dispatcher) {
        RunId run = create(store, VERSION);
        dispatcher.submit(new QueuedRun(run, "/w", 0, Duration.ZERO));
        return run;
    }

    private static RunId create(JdbcStore store, int version) {
        NewRun run = TestRun.submitted(Instant.now());
        store.create(new NewRun(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                run.spec(),
                new Payload(version, run.state().bytes()),
                run.submitted(),
                run.createdAt(),
                Duration.ZERO));
        return run.id();
    }

    private static List<String> names() throws SQLException {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery("SELECT task_name FROM ralph.queue")
                        .mapTo(String.class)
                        .list());
    }

    private static long heartbeats() {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery(
                                "SELECT (extract(epoch FROM min(last_heartbeat)) * 1000)::bigint FROM ralph.queue")
                        .mapTo(Long.class)
                        .one());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Cluster.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Indifferent implements StoreListener {

        @Override
        public void commanded(RunId run) {}

        @Override
        public void advanced(RunId run) {}
    }
}
