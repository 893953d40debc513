/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ralph.InvalidValueException;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditFinding.Problem;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import dev.ralph.audit.AuditVerification.Status;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Old months of the trail go only if somebody asked for it, and what is left is still whole. */
@Tag("integration")
class AuditRetentionTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final String KEY = AuditBench.key('a');

    @SuppressWarnings("TimeInStaticInitializer")
    private static final YearMonth OLD = YearMonth.now(ZoneOffset.UTC).minusMonths(4);

    private static final AuditConfig KEEPS = AuditConfig.DEFAULT
            .withKeys(AuditBench.keys(KEY))
            .withSealing(Duration.ofDays(1), AuditBench.BATCH)
            .withRetention(Duration.ofDays(30));

    @Test
    void aMonthPastItsRetentionIsDroppedAndVerifyingBeginsAtTheFirstWholeBatch() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            sealThen(bench.store());
            bench.write(10).seal();
            assertThat(bench.store().maintain().partitionsDropped())
                    .as("for ever by default")
                    .isZero();

            try (JdbcStore store = JdbcStore.builder()
                    .url(bench.url())
                    .pool(1, 3)
                    .migrations(MigrationMode.NONE)
                    .audit(KEEPS)
                    .build()) {
                assertThat(store.maintain().partitionsDropped()).isEqualTo(1);
                assertThat(store.maintain().partitionsDropped()).as("again").isZero();

                AuditVerification verified = store.audit().orElseThrow().verify();
                assertThat(verified.finding()).isNull();
                // Entries 1 to 15 are gone, and with them the batches 1 to 10 and 11 to 15.
                assertThat(verified.firstBatch()).isEqualTo(3);
                assertThat(verified.rows()).as("and the one that says so").isEqualTo(11);
                assertThat(actions(store)).contains(AuditActions.PARTITION_DROPPED);
            }
        }
    }

    @Test
    void aMonthThatCannotHaveItsPartitionKeepsNothingElseFromBeingDone() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            YearMonth next = YearMonth.now(ZoneOffset.UTC).plusMonths(1);
            String partition = "audit.activity_log_y" + next.getYear() + "m" + "%02d".formatted(next.getMonthValue());
            bench.execute("DROP TABLE " + partition);
            bench.execute("INSERT INTO audit.activity_log (timestamp, user_id, action, resource, details, entry_id,"
                    + " outcome, node) VALUES ('" + next.atDay(2) + "', 'x', 'x', 'x', '{}', gen_random_uuid(),"
                    + " 'DONE', 'x')");

            MaintenanceReport report = bench.store().maintain();

            assertThat(report.partitionsMade()).isZero();
            assertThat(report.complete()).as("trying again soon would not help").isTrue();
            assertThat(bench.store()
                            .audit()
                            .orElseThrow()
                            .list(AuditQuery.NEWEST)
                            .items())
                    .as("the entry is where it was")
                    .hasSize(1);
        }
    }

    @Test
    void aMonthThatWasDroppedBehindOurBackIsFound() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            bench.write(10).seal();

            assertThatExceptionOfType(SQLException.class)
                    .as("the owner keeps all for ever")
                    .isThrownBy(() -> bench.execute("SELECT audit.drop_partition('" + OLD.atDay(1) + "', 15)"))
                    .withMessageContaining("audit.retention");
            bench.execute("UPDATE audit.retention SET days = 30");
            bench.execute("SELECT audit.drop_partition('" + OLD.atDay(1) + "', 15)");

            assertThat(bench.verify().problem()).get().satisfies(finding -> {
                assertThat(finding.problem()).isEqualTo(Problem.ROW_MISSING);
                assertThat(finding.batch()).isEqualTo(1);
            });
            bench.execute(
                    "INSERT INTO audit.activity_log (timestamp, user_id, action, resource, details, entry_id, outcome,"
                            + " node) VALUES (now(), 'x', 'audit.partition_dropped', 'audit/2020-01', '{\"through\":"
                            + " \"15\"}', gen_random_uuid(), 'DONE', 'x')");
            assertThat(bench.verify().problem())
                    .as("nobody without a key can say that it was retention")
                    .get()
                    .extracting(AuditFinding::batch)
                    .isEqualTo(1L);
        }
    }

    @Test
    void anEntryWithAnOldTimestampDoesNotHaveTheTrailSignedAway() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            sealThen(bench.store());
            bench.write(10).seal();
            writeOld(bench.store(), 1);
            bench.seal();

            try (JdbcStore store = keeping(bench)) {
                MaintenanceReport report = store.maintain();

                assertThat(report.partitionsDropped()).isZero();
                assertThat(report.complete()).isFalse();
                assertThat(actions(store)).doesNotContain(AuditActions.PARTITION_DROPPED);
                assertThat(store.audit().orElseThrow().verify().rows()).isEqualTo(26);
            }
        }
    }

    @Test
    void aMonthWithAForgedEntryStays() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            sealThen(bench.store());
            bench.tamper("UPDATE audit.activity_log SET user_id = 'mallory' WHERE id = 3");

            try (JdbcStore store = keeping(bench)) {
                assertThat(store.maintain().partitionsDropped()).isZero();
            }
        }
    }

    @Test
    void aMonthWithAForgedEntryIsStillVerifiedOnceALaterOneIsDropped() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            YearMonth older = OLD.minusMonths(1);
            makePartition(bench, older);
            makeOldPartition(bench);
            write(bench.store(), older, 12);
            sealThen(bench.store(), older);
            writeOld(bench.store(), 12);
            sealThen(bench.store());
            try (JdbcStore store = keeping(bench)) {
                bench.tamper("UPDATE audit.activity_log SET user_id = 'mallory' WHERE id = 3");
                assertThat(store.maintain().partitionsDropped()).isEqualTo(1);

                assertThat(bench.verify().problem()).get().satisfies(finding -> {
                    assertThat(finding.problem()).isEqualTo(Problem.ROW_CHANGED);
                    assertThat(finding.number()).isEqualTo(3);
                });
                bench.tamper("DELETE FROM audit.activity_log WHERE id = 3");
                assertThat(bench.verify().problem())
                        .as("a batch that may have lost entries says nothing of how many")
                        .isEmpty();
                bench.tamper("UPDATE audit.activity_log SET action = 'other' WHERE id = 4");
                assertThat(bench.verify().problem())
                        .get()
                        .extracting(AuditFinding::number)
                        .isEqualTo(4L);
            }
        }
    }

    @Test
    void aMonthThatIsDroppedWhileItIsVerifiedIsNotMissed() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY);
                JdbcStore maintaining = keeping(bench)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            sealThen(bench.store());
            bench.write(10).seal();
            AtomicBoolean dropped = new AtomicBoolean();
            StatementObserver drops = (connection, sql, values) -> {
                if (sql.contains("LEAST(a.timestamp") && dropped.compareAndSet(false, true)) {
                    assertThat(maintaining.maintain().partitionsDropped()).isEqualTo(1);
                }
            };

            try (JdbcStore verifying = JdbcStore.builder()
                    .dataSource(new ObservedDataSource(dataSource(bench), drops))
                    .leaseDataSource(dataSource(bench))
                    .migrations(MigrationMode.NONE)
                    .audit(AuditConfig.DEFAULT
                            .withKeys(AuditBench.keys(KEY))
                            .withSealing(Duration.ofDays(1), AuditBench.BATCH))
                    .build()) {
                AuditVerification verified = verifying.audit().orElseThrow().verify();

                assertThat(dropped).isTrue();
                assertThat(verified.finding()).isNull();
                assertThat(verified.firstBatch()).isEqualTo(3);
            }
        }
    }

    @Test
    void whatASignedEntrySaysExcusesNoBatchSealedAfterItsMonth() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            sealThen(bench.store());
            bench.write(10).seal();
            String trail = bench.query("SELECT encode(mac, 'hex') FROM audit.seals WHERE batch = 1");
            record(bench.store(), new AuditDrop(OLD, trail, 25));

            bench.tamper("DELETE FROM audit.activity_log WHERE id BETWEEN 16 AND 25");

            assertThat(bench.verify().problem()).get().satisfies(finding -> {
                assertThat(finding.problem()).isEqualTo(Problem.ROW_MISSING);
                assertThat(finding.batch()).isEqualTo(3);
            });
        }
    }

    @Test
    void whatWasSignedForAnotherTrailExcusesNothing() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            makeOldPartition(bench);
            writeOld(bench.store(), 15);
            sealThen(bench.store());
            record(bench.store(), new AuditDrop(OLD, "00".repeat(32), 15));
            bench.tamper("DELETE FROM audit.activity_log WHERE id <= 15");

            assertThat(bench.verify().problem())
                    .get()
                    .extracting(AuditFinding::batch)
                    .isEqualTo(1L);
        }
    }

    @Test
    void aHostCannotRecordThatAMonthWasDropped() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            AuditEntry entry = dropped(new AuditDrop(OLD, "", 15));

            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> bench.log().record(entry))
                    .withMessageContaining("audit.partition_dropped");
        }
    }

    @Test
    void onlyAMonthThatWasOverLongAgoCanBeDropped() throws SQLException {
        try (AuditBench bench = new AuditBench(DATABASE.server(), KEY)) {
            bench.execute("UPDATE audit.retention SET days = 30");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> bench.execute("SELECT audit.drop_partition(date_trunc('month', now())::date, 0)"))
                    .withMessageContaining("30 days");
        }
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> AuditConfig.DEFAULT.withRetention(Duration.ofDays(29)));
    }

    @Test
    void h2DropsMonthsToo(@TempDir Path folder) {
        try (JdbcStore store = JdbcStore.builder()
                .h2File(folder.resolve("runs"))
                .pool(1, 3)
                .audit(KEEPS)
                .build()) {
            writeOld(store, 15);
            sealThen(store);
            for (int i = 0; i < 10; i++) {
                store.audit().orElseThrow().record(AuditBench.entry(i));
            }
            store.parts().audit().sealer().seal();

            assertThat(store.maintain().partitionsDropped()).isEqualTo(1);
            assertThat(store.maintain().partitionsDropped()).as("again").isZero();

            AuditVerification verified = store.audit().orElseThrow().verify();
            assertThat(verified.finding()).isNull();
            assertThat(verified.status()).isEqualTo(Status.VERIFIED);
            assertThat(verified.firstBatch()).isEqualTo(3);
        }
    }

    private static void makeOldPartition(AuditBench bench) throws SQLException {
        makePartition(bench, OLD);
    }

    private static void makePartition(AuditBench bench, YearMonth month) throws SQLException {
        bench.execute(
                "CREATE TABLE audit.activity_log_y%dm%02d PARTITION OF audit.activity_log FOR VALUES FROM ('%s') TO ('%s')"
                        .formatted(
                                month.getYear(),
                                month.getMonthValue(),
                                month.atDay(1) + "T00:00:00Z",
                                month.plusMonths(1).atDay(1) + "T00:00:00Z"));
    }

    private static void writeOld(JdbcStore store, int entries) {
        write(store, OLD, entries);
    }

    private static void write(JdbcStore store, YearMonth month, int entries) {
        Instant then = month.atDay(10).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (int i = 0; i < entries; i++) {
            AuditEntry now = AuditBench.entry(i);
            store.audit()
                    .orElseThrow()
                    .record(new AuditEntry(
                            UUID.randomUUID(),
                            then.plusSeconds(i),
                            now.principal(),
                            now.address(),
                            now.action(),
                            now.resource(),
                            null,
                            null,
                            now.outcome(),
                            now.node(),
                            now.details()));
        }
    }

    private static DataSource dataSource(AuditBench bench) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(bench.url());
        return source;
    }

    private static JdbcStore keeping(AuditBench bench) {
        return JdbcStore.builder()
                .url(bench.url())
                .pool(1, 3)
                .migrations(MigrationMode.NONE)
                .audit(KEEPS)
                .build();
    }

    /** As a sealer did in the old month, once no transaction of another database holds it up. */
    private static void sealThen(JdbcStore store) {
        sealThen(store, OLD);
    }

    private static void sealThen(JdbcStore store, YearMonth month) {
        Database database = store.parts().database();
        AuditSealer then = new AuditSealer(
                database,
                store.parts().dialect(),
                new AuditSigner(AuditBench.keys(KEY), new AuditForm()),
                new AuditSeals(),
                AuditBench.BATCH,
                "TIMESTAMP WITH TIME ZONE '" + month.atDay(20) + " 00:00:00+00'");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            then.seal();
            return store.audit().orElseThrow().verify().unsealed() == 0;
        });
    }

    /** As somebody who got hold of a node's key for a moment. */
    private static void record(JdbcStore store, AuditDrop drop) {
        store.parts().database().change(handle -> store.parts().audit().rows().insert(handle, List.of(dropped(drop))));
    }

    private static AuditEntry dropped(AuditDrop drop) {
        return new AuditEntry(
                UUID.randomUUID(),
                Instant.now(),
                "store:maintenance",
                null,
                AuditActions.PARTITION_DROPPED,
                drop.resource(),
                null,
                null,
                AuditEntry.DONE,
                "store:maintenance",
                drop.details());
    }

    private static List<String> actions(JdbcStore store) {
        return store.audit().orElseThrow().list(AuditQuery.NEWEST).items().stream()
                .map(AuditRecord::entry)
                .map(AuditEntry::action)
                .toList();
    }
}
