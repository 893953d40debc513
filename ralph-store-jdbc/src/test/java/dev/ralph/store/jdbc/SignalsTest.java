/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.store.jdbc.Cluster.untilTrue;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.RunId;
import dev.ralph.spi.Command;
import dev.ralph.spi.StoreListener;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What nodes tell each other. */
class SignalsTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    @Test
    void aChangeOnOneNodeIsToldOnAnotherWithinASecond() throws Exception {
        JdbcStore here = cluster.store();
        JdbcStore there = cluster.store();
        Told told = new Told();
        // Told by the first, too, but that is no proof.
        try (AutoCloseable first = here.listen(new Told());
                AutoCloseable second = there.listen(told)) {
            untilTrue("it hears", there::seesRemoteChanges);
            TestRun run = TestRun.begin(here);
            long begin = System.nanoTime();
            here.append(run.id(), UUID.randomUUID(), new Command.Pause());
            run.start(1);

            untilTrue("told of the command", () -> told.commanded.contains(run.id()));
            untilTrue("told of the event", () -> told.advanced.contains(run.id()));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void aBrokenConnectionMeansPollingUntilThereIsAnotherOne() throws Exception {
        JdbcStore store = cluster.store();
        Told told = new Told();
        try (AutoCloseable subscription = store.listen(told)) {
            untilTrue("it hears", store::seesRemoteChanges);
            int missed = told.missed.get();

            cutListeners();

            untilTrue("told that it may have missed something", () -> told.missed.get() > missed);
            untilTrue("it hears again", store::seesRemoteChanges);
            untilTrue("told to look once more", () -> told.missed.get() >= missed + 2);
            JdbcStore other = cluster.store();
            try (AutoCloseable there = other.listen(new Told())) {
                RunId run = TestRun.begin(other).id();
                untilTrue("told of a run", () -> told.advanced.contains(run));
                assertThat(there).isNotSameAs(subscription);
            }
        }
    }

    @Test
    void whatIsCommittedJustBeforeAStoreIsClosedIsTold() throws Exception {
        JdbcStore there = cluster.store();
        Told told = new Told();
        try (AutoCloseable subscription = there.listen(told)) {
            untilTrue("it hears", there::seesRemoteChanges);
            RunId run;
            try (JdbcStore here = JdbcStore.builder()
                    .url(DATABASE.url())
                    .pool(1, 2)
                    .migrations(MigrationMode.NONE)
                    .build()) {
                // The first is sent at once, so that the second waits for its turn when the store is closed.
                run = TestRun.begin(here).id();
                untilTrue("told of the run", () -> told.advanced.contains(run));
                TestRun.begin(here);
                here.append(run, UUID.randomUUID(), new Command.Pause());
            }
            untilTrue("told of the command", () -> told.commanded.contains(run));
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void whoeverClosesWarnsOfNothing() throws Exception {
        Logger pool = (Logger) LoggerFactory.getLogger("com.zaxxer.hikari");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        pool.addAppender(log);
        Level before = pool.getLevel();
        pool.setLevel(Level.WARN);
        try {
            SignalReceiver receiver = new SignalReceiver(DATABASE.pool(), new Deaf());
            receiver.start();
            assertThat(listeners()).isEqualTo(1);
            receiver.close();
            untilTrue(
                    "nobody listens",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("ralph-signals-in")));
        } finally {
            pool.setLevel(before);
            pool.detachAppender(log);
        }
        // Of this receiver only: pools of tests beside this one have the same logger.
        assertThat(log.list)
                .filteredOn(event -> event.getThreadName().equals("ralph-signals-in")
                        || event.getThreadName().equals(Thread.currentThread().getName()))
                .isEmpty();
    }

    @Test
    void aStoreOnAHostsPoolTakesNoConnectionForItUnlessItIsGivenOne() throws Exception {
        JdbcStore quiet = cluster.closing(DATABASE.open());
        try (AutoCloseable subscription = quiet.listen(new Told())) {
            assertThat(listeners()).isZero();
            assertThat(quiet.seesRemoteChanges()).isFalse();
            assertThat(subscription).isNotNull();
        }
        JdbcStore given = cluster.closing(JdbcStore.builder()
                .dataSource(DATABASE.pool())
                .signalDataSource(DATABASE.pool())
                .migrations(MigrationMode.NONE)
                .build());
        try (AutoCloseable subscription = given.listen(new Told())) {
            untilTrue("it hears", given::seesRemoteChanges);
            assertThat(listeners()).isEqualTo(1);
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void commandsThatNobodyWasToldOfAreFoundWhenLeasesAreRenewed() throws Exception {
        JdbcStore owner = cluster.store();
        JdbcStore silent = cluster.closing(DATABASE.open());
        Told told = new Told();
        try (AutoCloseable subscription = owner.listen(told)) {
            TestRun run = TestRun.begin(owner);
            silent.append(run.id(), UUID.randomUUID(), new Command.Cancel());
            assertThat(told.commanded).isEmpty();

            owner.renew(List.of(run.lease()), Duration.ofMinutes(1));

            assertThat(told.commanded).containsExactly(run.id());
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void closingAStoreEndsListeningAtOnce() {
        JdbcStore store = cluster.store();
        store.listen(new Told());
        untilTrue("it hears", store::seesRemoteChanges);
        Instant begin = Instant.now();

        store.close();

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        untilTrue("nobody listens", () -> listeners() == 0);
    }

    private static void cutListeners() throws SQLException {
        DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND query LIKE 'LISTEN%'");
    }

    private static int listeners() throws SQLException {
        try (var connection = DATABASE.pool().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND query LIKE 'LISTEN%'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static final class Deaf implements SignalReceiver.Ear {

        @Override
        public void listening() {}

        @Override
        public void heard(SignalBatch batch) {}

        @Override
        public boolean quiet() {
            return true;
        }

        @Override
        public void lost() {}
    }

    /** Remembers what it is told. */
    private static final class Told implements StoreListener {

        private final Queue<RunId> commanded = new ConcurrentLinkedQueue<>();
        private final Queue<RunId> advanced = new ConcurrentLinkedQueue<>();
        private final AtomicInteger missed = new AtomicInteger();

        @Override
        public void commanded(RunId run) {
            commanded.add(run);
        }

        @Override
        public void advanced(RunId run) {
            advanced.add(run);
        }

        @Override
        public void missed() {
            missed.incrementAndGet();
        }
    }
}
