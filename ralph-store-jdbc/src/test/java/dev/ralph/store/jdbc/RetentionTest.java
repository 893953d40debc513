/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class RetentionTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final Duration THIRTY_DAYS = Duration.ofDays(30);

    private final YearMonth old = YearMonth.now(ZoneOffset.UTC).minusMonths(6);

    @SuppressWarnings("NullAway.Init")
    private JdbcStore store;

    @BeforeEach
    void open() throws SQLException {
        DATABASE.execute("TRUNCATE ralph.orchestrations CASCADE");
        store = open(THIRTY_DAYS);
        makePartitions(old);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMonthWhoseRunsAreAllPastRetentionIsDropped() throws SQLException {
        RunId run = ended(store, old).id();

        MaintenanceReport report = store.maintain();

        assertThat(report).isEqualTo(new MaintenanceReport(0, 7, 1, true));
        assertThat(store.find(run)).isEmpty();
        assertThat(store.events(run, 0, 10)).isEmpty();
        assertThat(partitionsOf(old)).isZero();
        assertThat(store.maintain()).as("again").isEqualTo(new MaintenanceReport(0, 0, 0, true));
    }

    @Test
    void aMonthStaysWhileOneRunOfItHasNotEnded() throws SQLException {
        RunId ended = ended(store, old).id();
        TestRun paused = TestRun.begin(store, TestRun.submitted(middle(old)));
        paused.start(1);

        assertThat(store.maintain()).isEqualTo(new MaintenanceReport(0, 0, 0, true));

        assertThat(store.find(ended)).isPresent();
        assertThat(partitionsOf(old)).isEqualTo(7);
        paused.settle(1);
        assertThat(store.iterations(paused.id(), 0, 10)).hasSize(1);
    }

    @Test
    void aMonthStaysWhileOneRunOfItEndedWithinRetention() throws SQLException {
        TestRun run = ended(store, old);
        DATABASE.execute("UPDATE ralph.orchestrations SET completed_at = now() - interval '29 days'");

        assertThat(store.maintain().partitionsDropped()).isZero();

        assertThat(store.find(run.id())).isPresent();
    }

    @Test
    void nothingGoesWithoutARetention() {
        try (JdbcStore keeper = open(null)) {
            TestRun run = ended(keeper, old);

            assertThat(keeper.maintain()).isEqualTo(new MaintenanceReport(0, 0, 0, true));

            assertThat(keeper.find(run.id())).isPresent();
        }
    }

    @Test
    void thisMonthIsNeverDropped() throws SQLException {
        TestRun run = TestRun.begin(store);
        run.end(StopReason.STALLED);

        store.maintain();

        assertThat(store.find(run.id())).isPresent();
        assertThat(partitionsOf(YearMonth.now(ZoneOffset.UTC))).isEqualTo(7);
    }

    @Test
    void runsThatNoMonthCoversAreStoredAndGoOneByOne() throws SQLException {
        YearMonth uncovered = old.minusMonths(12);
        RunId gone = ended(store, uncovered).id();
        TestRun stays = TestRun.begin(store, TestRun.submitted(middle(uncovered)));
        stays.start(1);
        stays.settle(1);
        assertThat(DATABASE.query("SELECT count(*) FROM ralph.iterations_default"))
                .isEqualTo("2");

        assertThat(store.maintain().runsDeleted()).isEqualTo(1);

        assertThat(store.find(gone)).isEmpty();
        assertThat(store.iterations(stays.id(), 0, 10)).hasSize(1);
        assertThat(DATABASE.query("SELECT count(*) FROM ralph.iterations_default"))
                .isEqualTo("1");
    }

    @Test
    void ofAMonthThatIsPartlyPartitionedNothingIsLeft() throws SQLException {
        for (String table : new String[] {"specs", "attempts", "iterations", "events"}) {
            DATABASE.execute("DROP TABLE ralph." + table + suffix(old));
        }
        RunId run = ended(store, old).id();
        assertThat(rowsOf(run)).isPositive();

        MaintenanceReport report = store.maintain();

        assertThat(report).isEqualTo(new MaintenanceReport(0, 3, 1, true));
        assertThat(rowsOf(run)).isZero();
        assertThat(partitionsOf(old)).isZero();
    }

    @Test
    void ofAMonthWithoutItsFirstPartitionEndedRunsGoOneByOneWhileAnotherGoesOn() throws SQLException {
        DATABASE.execute("DROP TABLE ralph.specs" + suffix(old));
        RunId gone = ended(store, old).id();
        TestRun paused = TestRun.begin(store, TestRun.submitted(middle(old)));
        paused.start(1);

        assertThat(store.maintain().runsDeleted()).isEqualTo(1);

        assertThat(rowsOf(gone)).isZero();
        assertThat(store.attempts(paused.id(), 1)).hasSize(1);
        DATABASE.execute("DELETE FROM ralph.specs WHERE run_id = '" + paused.id() + "'");
    }

    @Test
    void recordsWhoseRunIsGoneLeaveTheDefaultPartitions() throws SQLException {
        RunId run = ended(store, old.minusMonths(12)).id();
        DATABASE.execute("DELETE FROM ralph.orchestrations WHERE id = '" + run + "'");

        store.maintain();

        assertThat(rowsOf(run)).isZero();
    }

    @Test
    void aRunThatIsToldToGoOnIsKept() throws SQLException {
        TestRun run = TestRun.begin(store, TestRun.submitted(middle(old.minusMonths(12))));
        run.end(StopReason.DEAD_LETTERED);
        store.append(run.id(), UUID.randomUUID(), new Command.Retry());

        assertThat(store.maintain().runsDeleted()).isZero();

        assertThat(store.find(run.id())).isPresent();
    }

    @Test
    void whatCannotBeMadeIsReportedAndKeepsNoNodeFromStarting() throws SQLException {
        YearMonth next = YearMonth.now(ZoneOffset.UTC).plusMonths(3);
        DATABASE.execute("DROP TABLE ralph.specs" + suffix(next));
        DATABASE.execute("DROP TABLE ralph.events" + suffix(next));
        RunId early = TestRun.begin(store, TestRun.submitted(middle(next))).id();
        DATABASE.execute("DELETE FROM ralph.events WHERE run_id = '" + early + "'");

        assertThat(store.maintain()).isEqualTo(new MaintenanceReport(1, 7, 0, false));
        open(THIRTY_DAYS).close();

        assertThat(partitionsOf(next)).isEqualTo(6);
        DATABASE.execute("DELETE FROM ralph.orchestrations WHERE id = '" + early + "'");
        store.maintain();
        assertThat(store.maintain().complete()).isTrue();
        assertThat(partitionsOf(next)).isEqualTo(7);
    }

    @Test
    void aTableThatIsBusyKeepsNoNodeFromStarting() throws SQLException {
        YearMonth next = YearMonth.now(ZoneOffset.UTC).plusMonths(3);
        DATABASE.execute("DROP TABLE ralph.specs" + suffix(next));
        try (Connection reader = DATABASE.pool().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE ralph.specs_default IN ACCESS SHARE MODE");

            open(THIRTY_DAYS).close();
            assertThat(store.maintain().complete()).isFalse();
            reader.rollback();
        }

        // The month that the other tests use is empty, and goes with it.
        assertThat(store.maintain()).isEqualTo(new MaintenanceReport(1, 7, 0, true));
    }

    @Test
    void aMissingMonthIsMadeAgain() throws SQLException {
        YearMonth next = YearMonth.now(ZoneOffset.UTC).plusMonths(3);
        for (String table : new String[] {"specs", "events"}) {
            DATABASE.execute("DROP TABLE ralph." + table + suffix(next));
        }

        assertThat(store.maintain().partitionsMade()).isEqualTo(2);

        assertThat(partitionsOf(next)).isEqualTo(7);
    }

    @Test
    void whatIsLockedIsLeftForTheNextTime() throws SQLException {
        RunId run = ended(store, old).id();
        try (Connection reader = DATABASE.pool().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE ralph.attempts" + suffix(old) + " IN ACCESS SHARE MODE");

            assertThat(store.maintain().complete()).isFalse();
            reader.rollback();
        }

        assertThat(store.find(run)).isEmpty();
        assertThat(store.maintain().complete()).isTrue();
        assertThat(partitionsOf(old)).isZero();
    }

    private static JdbcStore open(@Nullable Duration retention) {
        return JdbcStore.builder()
                .dataSource(DATABASE.pool())
                .migrations(MigrationMode.NONE)
                .retention(retention)
                .build();
    }

    private static TestRun ended(JdbcStore store, YearMonth month) {
        NewRun submitted = TestRun.submitted(middle(month));
        TestRun run = TestRun.begin(store, submitted);
        run.start(1);
        run.settle(1);
        run.end(StopReason.STALLED);
        return run;
    }

    private static Instant middle(YearMonth month) {
        return month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant().plus(1, ChronoUnit.HOURS);
    }

    /** As the function made them when the month was ahead. */
    private static void makePartitions(YearMonth month) throws SQLException {
        DATABASE.execute("""
                DO $$
                DECLARE t text;
                BEGIN
                    FOREACH t IN ARRAY ralph.run_tables() LOOP
                        EXECUTE format('CREATE TABLE IF NOT EXISTS ralph.%%I PARTITION OF ralph.%%I FOR VALUES FROM (%%L) TO (%%L)',
                            t || '%s', t, ralph.run_id_at('%s-01T00:00Z'), ralph.run_id_at('%s-01T00:00Z'));
                    END LOOP;
                END $$""".formatted(suffix(month), month, month.plusMonths(1)));
    }

    private static int partitionsOf(YearMonth month) throws SQLException {
        return Integer.parseInt(DATABASE.query(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'ralph'::regnamespace"
                        + " AND relname LIKE '%" + suffix(month) + "'"));
    }

    /** In every table that has rows of runs. */
    private static int rowsOf(RunId run) throws SQLException {
        int rows = 0;
        for (String table :
                new String[] {"specs", "attempts", "iterations", "gates", "checkpoints", "events", "commands"}) {
            rows += Integer.parseInt(
                    DATABASE.query("SELECT count(*) FROM ralph." + table + " WHERE run_id = '" + run + "'"));
        }
        return rows
                + Integer.parseInt(
                        DATABASE.query("SELECT count(*) FROM ralph.orchestrations WHERE id = '" + run + "'"));
    }

    private static String suffix(YearMonth month) {
        return "_y%04dm%02d".formatted(month.getYear(), month.getMonthValue());
    }
}
