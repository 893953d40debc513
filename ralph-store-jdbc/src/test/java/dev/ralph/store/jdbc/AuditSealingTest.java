/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ralph.ConfigurationException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditFinding.Problem;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditVerification;
import dev.ralph.audit.AuditVerification.Status;
import dev.ralph.spi.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every committed entry gets into exactly one batch, whoever writes, seals or dies meanwhile. */
@Tag("integration")
class AuditSealingTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String KEY = AuditBench.key('a');
    private static final String NEW_KEY = AuditBench.key('b');

    private static final String INSERT =
            "INSERT INTO audit.activity_log (timestamp, user_id, action, resource, details, entry_id, outcome, node)"
                    + " VALUES (now(), 'ann', 'x', 'y', '{}', gen_random_uuid(), 'DONE', 'node-1')";

    @SuppressWarnings("NullAway.Init")
    private AuditBench bench;

    @BeforeEach
    void open() throws SQLException {
        bench = new AuditBench(DATABASE.server(), KEY);
    }

    @AfterEach
    void drop() throws SQLException {
        bench.close();
    }

    @Test
    void withoutAKeyTheTrailIsUnsignedAndSaysSo() {
        bench.reopen();

        bench.write(3).seal();

        assertThat(bench.verify().status()).isEqualTo(Status.UNSIGNED);
        assertThat(bench.store().maintain().batchesSealed()).isZero();
    }

    @Test
    void entriesFromBeforeThereWasAKeyAreSealedAndCounted() {
        bench.reopen();
        bench.write(13);
        bench.reopen(KEY);
        bench.write(4).seal();

        AuditVerification verified = bench.verify();

        assertThat(verified.status()).isEqualTo(Status.VERIFIED);
        assertThat(verified.rows()).isEqualTo(17);
        assertThat(verified.unsigned()).isEqualTo(13);
    }

    @Test
    void whatANodeWithoutTheKeyWritesLaterIsFound() throws SQLException {
        try (JdbcStore keyless = bench.open()) {
            bench.write(3).seal();
            keyless.audit().orElseThrow().record(AuditBench.entry(4));
        }

        assertThat(bench.seal().verify().problem())
                .get()
                .extracting(AuditFinding::problem)
                .isEqualTo(Problem.ROW_UNSIGNED);
        AuditHead after = AuditHead.parse(bench.query(
                "SELECT batch || ':' || encode(mac, 'hex') FROM audit.seals" + " ORDER BY batch DESC LIMIT 1"));
        bench.write(12).seal();
        AuditVerification rest = bench.log().verify(after, after);
        assertThat(rest.status()).as("what came after it").isEqualTo(Status.VERIFIED);
        assertThat(rest.rows()).isEqualTo(12);
        AuditHead other = new AuditHead(after.batch(), "00".repeat(32));
        assertThat(bench.log().verify(other, null).problem())
                .get()
                .extracting(AuditFinding::problem)
                .isEqualTo(Problem.CHAIN_CUT);
    }

    @Test
    void aSealedTrailIsNotOpenedWithoutAKey() {
        bench.write(1).seal();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(bench::open)
                .withMessageContaining("AUDIT_KEY");
    }

    @Test
    void anEntryThatIsRecordedAgainIsThereOnce() {
        AuditEntry entry = AuditBench.entry(1);

        bench.log().record(entry);
        bench.log().record(entry);

        assertThat(bench.seal().verify().rows()).isEqualTo(1);
    }

    @Test
    void aTrailIsWholeAfterItsKeyWasRotated() {
        bench.write(15).seal().write(2);
        bench.reopen(NEW_KEY, KEY);
        bench.write(5).seal();
        AuditVerification both = bench.verify();
        assertThat(both.status()).isEqualTo(Status.VERIFIED);
        assertThat(both.rows()).isEqualTo(22);

        bench.reopen(NEW_KEY);

        assertThat(bench.verify().problem()).get().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.UNKNOWN_KEY);
            assertThat(finding.batch()).isEqualTo(1);
        });
    }

    @Test
    void nodesOldAndNewSealByTurnsWhileAKeyIsRotated() {
        try (JdbcStore newer = bench.open(NEW_KEY, KEY);
                JdbcStore older = bench.open(KEY, NEW_KEY)) {
            for (int i = 0; i < 5; i++) {
                newer.audit().orElseThrow().record(AuditBench.entry(i));
                await().atMost(BOUND).until(() -> older.maintain().batchesSealed() == 1);
                older.audit().orElseThrow().record(AuditBench.entry(i));
                await().atMost(BOUND).until(() -> newer.maintain().batchesSealed() == 1);
            }

            assertThat(older.audit().orElseThrow().verify().batches()).isEqualTo(10);
            assertThat(newer.audit().orElseThrow().verify().status()).isEqualTo(Status.VERIFIED);
        }
    }

    @Test
    void aStoreSealsByItself() {
        try (JdbcStore store = JdbcStore.builder()
                .url(bench.url())
                .pool(1, 3)
                .migrations(MigrationMode.NONE)
                .audit(AuditConfig.DEFAULT.withKeys(AuditBench.keys(KEY)).withSealing(Duration.ofMillis(100), 100))
                .build()) {
            store.audit().orElseThrow().record(AuditBench.entry(1));

            await().atMost(BOUND)
                    .until(() -> store.audit().orElseThrow().verify().batches() == 1);
        }
    }

    /** With the lowest open transaction alone to go by, batch 1 would be sealed without the entry that comes late. */
    @Test
    void anEntryThatCommitsAfterAHigherOneIsWaitedFor() throws SQLException {
        bench.reopen();
        try (Connection first = bench.connect();
                Connection late = bench.connect();
                Statement higher = first.createStatement();
                Statement lower = late.createStatement()) {
            bench.write(1);
            bench.reopen(KEY);
            first.setAutoCommit(false);
            late.setAutoCommit(false);
            // The one that commits first began first.
            higher.execute("SELECT pg_current_xact_id()");
            lower.execute(INSERT);
            higher.execute(INSERT);
            first.commit();

            assertThat(bench.sealer().seal())
                    .as("an open transaction may still bring a lower id")
                    .isZero();
            late.commit();
        }
        bench.seal();
        assertThat(bench.query("SELECT row_count || ' ' || first_id || ' ' || last_id FROM audit.seals"))
                .isEqualTo("3 1 3");
        assertThat(bench.verify().status()).isEqualTo(Status.VERIFIED);
    }

    @Test
    void aTransactionThatIsRolledBackLeavesAGapAndNoHarm() throws SQLException {
        try (Connection connection = bench.connect();
                Statement statement = connection.createStatement()) {
            bench.write(1);
            connection.setAutoCommit(false);
            statement.execute(INSERT);
            bench.write(1);
            connection.rollback();
        }

        bench.seal();

        assertThat(bench.query("SELECT last_id || ' ' || row_count FROM audit.seals"))
                .isEqualTo("3 2");
        assertThat(bench.verify().status()).isEqualTo(Status.VERIFIED);
    }

    @Test
    void aHundredWritersAtOnceLeaveEachEntryInOneBatch() throws Exception {
        int writers = 100;
        int steps = 20;
        ExecutorService threads = Executors.newFixedThreadPool(writers + 2);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (JdbcStore store = JdbcStore.builder()
                        .url(bench.url())
                        .pool(20, 20)
                        .migrations(MigrationMode.NONE)
                        .audit(AuditConfig.DEFAULT
                                .withKeys(AuditBench.keys(KEY))
                                .withSealing(Duration.ofMillis(100), 50))
                        .build();
                JdbcStore other = bench.open(KEY)) {
            List<Future<Integer>> sealing = new ArrayList<>();
            for (JdbcStore sealer : List.of(store, other)) {
                sealing.add(threads.submit(() -> {
                    int sealed = 0;
                    while (writing.get()) {
                        sealed += sealer.parts().audit().sealer().seal();
                    }
                    return sealed;
                }));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                running.add(threads.submit(() -> {
                    TestRun run = TestRun.begin(store);
                    for (int step = 0; step < steps; step++) {
                        Step next = run.step(List.of(), List.of(), null).withAudit(AuditBench.entry(writer));
                        store.commit(run.lease(), next);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            writing.set(false);
            int whileWriting = sealing.get(0).get() + sealing.get(1).get();
            bench.seal();

            AuditVerification verified = store.audit().orElseThrow().verify();
            assertThat(verified.finding()).isNull();
            assertThat(verified.rows()).isEqualTo((long) writers * steps);
            assertThat(verified.unsealed()).isZero();
            assertThat(bench.query("SELECT sum(row_count) FROM audit.seals")).isEqualTo("" + writers * steps);
            assertThat(whileWriting).as("batches sealed while they wrote").isPositive();
            System.out.printf(
                    "%d writers: %d entries in %d batches, %d of them sealed while they wrote%n",
                    writers, verified.rows(), verified.batches(), whileWriting);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSealerThatIsKilledBetweenDigestAndInsertLeavesNoGap(@TempDir Path folder) throws Exception {
        bench.write(15).seal().write(12);
        try (Connection blocking = bench.connect();
                Statement statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            // Lets the sealer read, and digest, but not insert.
            statement.execute("LOCK TABLE audit.seals IN SHARE MODE");
            try (ChildJvm sealer =
                    ChildJvm.start(folder, List.of(), AuditSealerMain.class, List.of(bench.url(), KEY))) {
                sealer.await(AuditSealerMain.SEALING, BOUND);
                await().atMost(BOUND)
                        .until(() -> bench.query(
                                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                                                + " datname = current_database() AND query LIKE '%INSERT INTO"
                                                + " audit.seals%'")
                                .equals("1"));
                sealer.kill();
            }
            blocking.rollback();
        }
        await("the server has noticed the death")
                .atMost(BOUND)
                .until(() -> bench.sealer().seal() > 0);
        bench.seal();

        AuditVerification verified = bench.verify();
        assertThat(verified.finding()).isNull();
        assertThat(verified.rows()).isEqualTo(27);
        assertThat(verified.batches()).isEqualTo(4);
    }

    @Test
    void aTrailIsWholeAfterItWasRestoredElsewhere() throws Exception {
        bench.write(25).seal().write(2);
        AuditHead head = bench.head();
        try (AuditBench restored = new AuditBench(DATABASE.server(), KEY)) {
            AuditCopy.copy(bench, restored);

            AuditVerification verified = restored.log().verify(head);
            assertThat(verified.finding()).isNull();
            assertThat(verified.rows()).isEqualTo(25);
            assertThat(verified.unsealed()).isEqualTo(2);

            restored.write(10).seal();
            assertThat(restored.log().verify(head).finding()).isNull();
            assertThat(restored.verify().rows()).isEqualTo(37);
        }
    }
}
