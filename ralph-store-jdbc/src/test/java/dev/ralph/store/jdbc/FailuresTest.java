/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ralph.ConfigurationException;
import dev.ralph.CostQuery;
import dev.ralph.InvalidValueException;
import dev.ralph.RunQuery;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class FailuresTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init")
    private JdbcStore store;

    @BeforeEach
    void open() {
        JdbcStoreConfig config = new JdbcStoreConfig(
                MigrationMode.NONE,
                1,
                2,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                null,
                1);
        store = JdbcStore.builder().url(DATABASE.url()).config(config).build();
    }

    @AfterEach
    void close() {
        store.close();
        threads.shutdownNow();
    }

    @Test
    void leasesAreRenewedThoughEveryConnectionOfThePoolIsTaken() throws Exception {
        TestRun mine = TestRun.begin(store);
        List<TestRun> stuck = List.of(TestRun.begin(store), TestRun.begin(store));
        List<Future<Claim>> waiting = new ArrayList<>();
        try (Connection blocker = lock("SELECT 1 FROM ralph.orchestrations WHERE id IN ('"
                + stuck.get(0).id() + "', '" + stuck.get(1).id() + "') FOR UPDATE")) {
            for (TestRun run : stuck) {
                waiting.add(threads.submit(
                        () -> store.claim(run.id(), "node-2", Duration.ofMinutes(1), Set.of(TestRun.STATE_VERSION))));
            }
            DATABASE.awaitBlocked(2);

            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.find(mine.id()));
            assertThat(store.renew(List.of(mine.lease()), Duration.ofMinutes(1)))
                    .containsExactly(mine.lease());

            blocker.rollback();
        }
        for (Future<Claim> one : waiting) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Claim.Held.class);
        }
        assertThat(store.find(mine.id())).isPresent();
    }

    @Test
    void leasesOfADeadNodeEndSoonerAndNoOthers() {
        ShorterLeases.assertShortened(store);
    }

    @Test
    void aStoreWhoseConnectionsWereAllCutGoesOn() throws SQLException {
        TestRun run = TestRun.begin(store);
        store.renew(List.of(run.lease()), Duration.ofMinutes(1));

        terminateAll();

        assertThat(store.renew(List.of(run.lease()), Duration.ofMinutes(1)))
                .as("a renewal gets itself another connection at once")
                .containsExactly(run.lease());
        Awaitility.await("the pool has recovered")
                .atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isFound(run));
        run.start(1);
        run.settle(1);
    }

    @Test
    void aStepThatIsCutOffIsNotWrittenAndMayBeRepeated() throws Exception {
        TestRun run = TestRun.begin(store);
        Step step = run.step(List.of(), List.of(), null);
        Future<StepResult> commit;
        try (Connection blocker = lock("SELECT 1 FROM ralph.orchestrations WHERE id = '" + run.id() + "' FOR UPDATE")) {
            commit = threads.submit(() -> store.commit(run.lease(), step));
            DATABASE.awaitBlocked(1);
            DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'");

            assertThat(catchThrowable(() -> commit.get(20, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            blocker.rollback();
        }

        assertThat(run.row().snapshot().version()).isZero();
        assertThat(store.commit(run.lease(), step)).isEqualTo(new StepResult.Committed(1));
    }

    @Test
    void aServerThatNobodyReachesIsUnavailable() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> JdbcStore.builder()
                        .url("postgresql://ralph:s3cret@localhost:1/runs")
                        .build())
                .withMessageContaining("localhost:1/runs")
                .satisfies(refused -> assertThat(shown(refused)).doesNotContain("s3cret"));
    }

    @Test
    void aDatabaseThatIsNotThereIsAMistakeOfTheConfiguration() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JdbcStore.builder()
                        .url(DATABASE.server().url("nowhere"))
                        .build())
                .withMessageContaining("3D000");
    }

    @Test
    void aStatementThatTakesTooLongIsUnavailable() throws SQLException {
        JdbcStoreConfig impatient = new JdbcStoreConfig(
                MigrationMode.NONE, 1, 2, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(1), null, 1);
        TestRun run = TestRun.begin(store);
        try (JdbcStore other = JdbcStore.builder()
                        .url(DATABASE.url())
                        .config(impatient)
                        .build();
                Connection blocker =
                        lock("SELECT 1 FROM ralph.orchestrations WHERE id = '" + run.id() + "' FOR UPDATE")) {
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> other.release(run.lease()));
            blocker.rollback();
        }
    }

    @Test
    void theServerEndsTransactionsWhoseClientIsStopped() throws SQLException {
        try (var pool = new Pools(JdbcStoreConfig.DEFAULT, "ralph-test").leases(DatabaseUrl.parse(DATABASE.url()));
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                var setting = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
            assertThat(setting.next()).isTrue();
            assertThat(setting.getString(1)).isEqualTo("15s");
        }
    }

    @Test
    void noFailureShowsWhatWasToBeStored() throws SQLException {
        String secret = "witness-5d1c";
        DATABASE.execute("ALTER TABLE ralph.commands ADD CONSTRAINT test_refuses CHECK (number <> 1)");
        try {
            TestRun run = TestRun.begin(store);

            Throwable failure = catchThrowable(
                    () -> store.append(run.id(), UUID.randomUUID(), new Command.Guide("the guidance " + secret)));

            assertThat(failure).isInstanceOf(StoreException.class).isNotInstanceOf(StoreUnavailableException.class);
            assertThat(shown(failure)).doesNotContain(secret).contains("23514");
        } finally {
            DATABASE.execute("ALTER TABLE ralph.commands DROP CONSTRAINT test_refuses");
        }
    }

    @Test
    void aRefusedTextIsNamedButNotShown() {
        TestRun run = TestRun.begin(store);

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() ->
                        store.append(run.id(), UUID.randomUUID(), new Command.Guide("witness-5d1c \u0000 and more")))
                .withMessageStartingWith("guidance ")
                .withMessageContaining("NUL character at 13")
                .satisfies(refused -> assertThat(shown(refused)).doesNotContain("witness-5d1c"));
    }

    @Test
    void whatCannotBeStoredIsNotFound() {
        assertThat(store.findByTask("task \u0000")).isEmpty();
        assertThat(store.budget("half \uD83D")).isEmpty();
        assertThat(store.list(RunQuery.NEWEST.withTenant("tenant \u0000")).items())
                .isEmpty();
        assertThat(store.costs(CostQuery.ALL.withAgent("agent \uDE00"))).isEmpty();
    }

    @Test
    void anInterruptNeitherEndsACallNorIsLost() {
        TestRun run = TestRun.begin(store);

        Thread.currentThread().interrupt();
        run.start(1);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.attempts(run.id(), 1)).hasSize(1);
    }

    private boolean isFound(TestRun run) {
        try {
            return store.find(run.id()).isPresent();
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static Connection lock(String sql) throws SQLException {
        Connection connection = DATABASE.pool().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private static void terminateAll() throws SQLException {
        DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name LIKE 'ralph-%'");
    }

    private static String shown(@Nullable Throwable failure) {
        StringWriter text = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
