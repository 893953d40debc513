/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.audit.AuditFinding.Problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import dev.ralph.audit.AuditVerification.Status;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a superuser does behind our back is found. Each trail has 35 sealed entries with the ids 1 to 35 in four batches, and
 * three that are not sealed yet.
 */
@Tag("integration")
class AuditTamperingTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final String COPY =
            "INSERT INTO audit.activity_log (id, timestamp, user_id, action, resource, details, ip_address, entry_id,"
                    + " run_id, tenant, outcome, node, key_id, mac) SELECT %s, user_id, action, resource, details,"
                    + " ip_address, entry_id, run_id, tenant, outcome, node, key_id, mac FROM audit.activity_log WHERE id"
                    + " = 15";

    @SuppressWarnings("NullAway.Init")
    private AuditBench bench;

    @SuppressWarnings("NullAway.Init")
    private static String written;

    /** Once: it takes longer than looking at it. */
    @BeforeAll
    static void write() throws SQLException {
        AuditBench first = new AuditBench(DATABASE.server(), AuditBench.key('a'));
        first.write(35).seal().write(3);
        assertThat(first.query("SELECT string_agg(last_id::text, ',' ORDER BY batch) FROM audit.seals"))
                .isEqualTo("10,20,30,35");
        written = first.left();
    }

    @AfterAll
    static void dropWritten() throws SQLException {
        DATABASE.server().drop(written);
    }

    @BeforeEach
    void copy() throws SQLException {
        bench = AuditBench.copyOf(DATABASE.server(), written, AuditBench.key('a'));
    }

    @AfterEach
    void drop() throws SQLException {
        bench.close();
    }

    @Test
    void aTrailNobodyTouchedIsVerified() {
        AuditVerification whole = bench.verify();

        assertThat(whole.status()).isEqualTo(Status.VERIFIED);
        assertThat(List.of(whole.batches(), whole.rows(), whole.unsealed(), whole.unsigned(), whole.firstBatch()))
                .containsExactly(4L, 35L, 3L, 0L, 1L);
        assertThat(whole.head()).isNotNull();
        assertThat(bench.log().verify(whole.head()).status()).isEqualTo(Status.VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id = 'mallory'",
                "timestamp = timestamp + interval '1 microsecond'",
                "action = 'other'",
                "resource = 'other'",
                "details = '{}'",
                "details = '{\"number\": 15}'",
                "details = details || '{\"more\": \"1\"}'",
                "ip_address = '192.0.2.99'",
                "ip_address = '192.0.2.15/24'",
                "ip_address = '::ffff:192.0.2.15'",
                "ip_address = NULL",
                "entry_id = gen_random_uuid()",
                "run_id = gen_random_uuid()",
                "tenant = 'red'",
                "tenant = ''",
                "outcome = 'FAILED'",
                "node = 'other'",
                "key_id = NULL",
                "mac = '\\x00'",
                "mac = (SELECT mac FROM audit.activity_log WHERE id = 16)",
            })
    void aChangedRowIsFound(String change) throws SQLException {
        bench.tamper("UPDATE audit.activity_log SET " + change + " WHERE id = 15");

        assertBroken(Problem.ROW_CHANGED, 2L, 15L);
    }

    @Test
    void aRowWhoseSignatureWasTakenIsFound() throws SQLException {
        bench.tamper("UPDATE audit.activity_log SET key_id = NULL, mac = NULL WHERE id = 15");

        assertBroken(Problem.ROW_UNSIGNED, 2L, 15L);
    }

    @Test
    void theFirstOfSeveralChangesIsNamed() throws SQLException {
        bench.tamper("UPDATE audit.activity_log SET user_id = 'mallory' WHERE id IN (33, 25, 38)");

        assertBroken(Problem.ROW_CHANGED, 3L, 25L);
        assertThat(bench.verify().batches()).as("those before are whole").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 15, 20})
    void aDeletedRowIsFound(int id) throws SQLException {
        bench.tamper("DELETE FROM audit.activity_log WHERE id = " + id);

        assertBroken(Problem.ROW_MISSING, 2L, null);
    }

    @Test
    void aWholeBatchThatIsDeletedIsFound() throws SQLException {
        bench.tamper("DELETE FROM audit.activity_log WHERE id BETWEEN 11 AND 20");

        assertBroken(Problem.ROW_MISSING, 2L, null);
    }

    @Test
    void aDroppedPartitionIsFound() throws SQLException {
        bench.tamper(
                "DO $$ DECLARE p regclass; BEGIN FOR p IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent ="
                        + " 'audit.activity_log'::regclass LOOP EXECUTE 'DROP TABLE ' || p; END LOOP; END $$");

        assertBroken(Problem.ROW_MISSING, 1L, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"15, timestamp + interval '1 second'", "20, timestamp", "20, timestamp + interval '1 second'"})
    void aRowThatWasInsertedIntoABatchIsFound(String place) throws SQLException {
        bench.tamper("ALTER TABLE audit.activity_log DROP CONSTRAINT activity_log_pkey; "
                + COPY.formatted(place)
                        .replace(
                                "entry_id, run_id, tenant, outcome, node, key_id, mac FROM",
                                "gen_random_uuid(), run_id, tenant, outcome, node, key_id, mac FROM"));

        assertBroken(Problem.ROW_INSERTED, 2L, place.startsWith("15") ? 15L : 20L);
    }

    @Test
    void aRowBeforeTheFirstIsFound() throws SQLException {
        bench.tamper(
                "ALTER TABLE audit.activity_log DROP CONSTRAINT activity_log_id; " + COPY.formatted("-3, timestamp"));

        assertBroken(Problem.ROW_INSERTED, 1L, -3L);
    }

    @Test
    void aRowThatIsCopiedIsFoundBeforeAndAfterItIsSealed() throws SQLException {
        bench.tamper(COPY.formatted("nextval('audit.activity_log_id'), timestamp"));
        assertBroken(Problem.ROW_DUPLICATED, null, 39L);

        bench.seal();

        assertBroken(Problem.ROW_DUPLICATED, 5L, 39L);
    }

    @Test
    void aRowOfANodeIsThereOnceAndFoundIfItIsCopied() throws SQLException {
        AuditEntry entry = AuditBench.entry("node:node-1", 39);
        bench.log().record(entry);
        bench.log().record(entry);
        assertThat(bench.verify().unsealed()).isEqualTo(4);

        bench.tamper(
                COPY.formatted("nextval('audit.activity_log_id'), timestamp").replace("id = 15", "id = 39"));
        assertBroken(Problem.ROW_DUPLICATED, null, 40L);
        bench.seal();

        assertBroken(Problem.ROW_DUPLICATED, 5L, 40L);
    }

    @Test
    void aRowWithoutASignatureIsFoundBeforeAndAfterItIsSealed() throws SQLException {
        bench.execute(
                "INSERT INTO audit.activity_log (timestamp, user_id, action, resource, details, entry_id, outcome,"
                        + " node) VALUES (now(), 'ann', 'run.cancel', 'run/1', '{}', gen_random_uuid(), 'ACCEPTED',"
                        + " 'node-1')");
        assertBroken(Problem.ROW_UNSIGNED, null, 39L);

        bench.seal();

        assertBroken(Problem.ROW_UNSIGNED, 5L, 39L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15, 16", "15, 25", "1, 35"})
    void twoRowsThatWereSwappedAreFound(String pair) throws SQLException {
        int first = Integer.parseInt(pair.substring(0, pair.indexOf(',')));
        int second = Integer.parseInt(pair.substring(pair.indexOf(',') + 2));
        bench.tamper("UPDATE audit.activity_log SET id = 1000 WHERE id = " + first
                + "; UPDATE audit.activity_log SET id = " + first + " WHERE id = " + second
                + "; UPDATE audit.activity_log SET id = " + second + " WHERE id = 1000");

        assertBroken(Problem.ROWS_SWAPPED, first == 1 ? 1L : 2L, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first_id = 12",
                "last_id = 21",
                "row_count = 9",
                "signed_from = 100",
                "digest = (SELECT digest FROM audit.seals WHERE batch = 3)",
                "previous = ''",
                "mac = (SELECT mac FROM audit.seals WHERE batch = 3)",
                "sealed_at = sealed_at + interval '1 second'",
            })
    void aChangedSealIsFound(String change) throws SQLException {
        bench.tamper("UPDATE audit.seals SET " + change + " WHERE batch = 2");

        assertBroken(Problem.SEAL_CHANGED, 2L, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRemovedSealIsFound(long batch) throws SQLException {
        bench.tamper("DELETE FROM audit.seals WHERE batch = " + batch);

        assertBroken(Problem.SEAL_MISSING, batch, null);
    }

    @Test
    void sealsThatWereMovedUpAreFound() throws SQLException {
        bench.tamper("DELETE FROM audit.seals WHERE batch = 2; UPDATE audit.seals SET batch = 2 WHERE batch = 3; UPDATE"
                + " audit.seals SET batch = 3 WHERE batch = 4; DELETE FROM audit.activity_log WHERE id BETWEEN 11"
                + " AND 20");

        assertBroken(Problem.SEAL_CHANGED, 2L, null);
    }

    @Test
    void aSealThatIsGenuineButOfAnotherPastIsFound() throws SQLException {
        String kept = bench.query("SELECT (s.*)::text FROM audit.seals s WHERE batch = 4");
        assertThat(kept).isNotEmpty();
        bench.tamper("CREATE TABLE audit.kept AS SELECT * FROM audit.seals WHERE batch = 4;"
                + " DELETE FROM audit.seals WHERE batch >= 3");
        bench.seal();
        bench.tamper("DELETE FROM audit.seals WHERE batch = 4; INSERT INTO audit.seals SELECT * FROM audit.kept");

        assertBroken(Problem.CHAIN_CUT, 4L, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'infinity'", "'-infinity'", "'200000-01-01'", "'4000-01-01 BC'"})
    void aTimeBeyondAllCountingIsFoundAndSealingGoesOn(String time) throws SQLException {
        bench.tamper("ALTER TABLE audit.activity_log DROP CONSTRAINT activity_log_time; "
                + "UPDATE audit.activity_log SET timestamp = " + time + " WHERE id IN (15, 37)");

        assertBroken(Problem.ROW_CHANGED, 2L, 15L);
        assertThat(bench.log().list(AuditQuery.NEWEST).items()).hasSize(38);
        assertThat(bench.sealAll()).isEqualTo("10,20,30,35,38");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id = ''",
                "action = repeat('x', 300)",
                "resource = ''",
                "details = '[]'",
                "ip_address = '192.0.2.0/24'",
                "outcome = ' '",
                "node = ''",
            })
    void aChangedRowIsStillListed(String change) throws SQLException {
        bench.tamper("UPDATE audit.activity_log SET " + change + " WHERE id = 15");

        assertThat(bench.log().list(AuditQuery.NEWEST).items())
                .extracting(AuditRecord::number)
                .contains(14L, 15L, 16L);
    }

    @Test
    void aSealSomebodyMadeUpIsFoundAndSealingGoesOn() throws SQLException {
        bench.execute("INSERT INTO audit.seals SELECT 5, 36, 4000000000000000000, 1, signed_from, digest, mac, key_id,"
                + " digest, sealed_at FROM audit.seals WHERE batch = 4");

        assertBroken(Problem.SEAL_CHANGED, 5L, null);
        assertThat(bench.sealAll()).isEqualTo("10,20,30,35,4000000000000000000,38");
    }

    @Test
    void anEntryWithAnIdNobodyDrewKeepsNoLaterOneFromBeingSealed() throws SQLException {
        bench.tamper(COPY.formatted("4000000000000000000, timestamp")
                .replace(
                        "entry_id, run_id, tenant, outcome, node, key_id, mac FROM",
                        "gen_random_uuid(), run_id, tenant, outcome, node, key_id, mac FROM"));

        assertThat(bench.sealAll()).isEqualTo("10,20,30,35,38");
        assertBroken(Problem.ROW_CHANGED, null, 4_000_000_000_000_000_000L);
        bench.write(2);
        assertThat(bench.sealAll()).isEqualTo("10,20,30,35,38,40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807, timestamp", "0, timestamp", "100, 'infinity'", "100, '1999-12-31'"})
    void theDatabaseTakesNoIdAndNoTimeThatNobodyCounts(String place) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> bench.tamper(COPY.formatted(place)))
                .withMessageContaining("check constraint");
    }

    @Test
    void anEndThatWasCutOffIsFoundByWhoeverNotedTheHead() throws SQLException {
        AuditHead head = bench.head();
        bench.tamper("DELETE FROM audit.seals WHERE batch = 4; DELETE FROM audit.activity_log WHERE id > 30");

        assertThat(bench.verify().status())
                .as("nothing that is left tells of it")
                .isEqualTo(Status.VERIFIED);
        AuditVerification verified = bench.log().verify(head);
        assertThat(verified.problem()).get().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.CHAIN_CUT);
            assertThat(finding.batch()).isEqualTo(4);
        });

        bench.write(5).seal();
        assertThat(bench.log().verify(head).problem())
                .as("another batch has its number now")
                .get()
                .extracting(AuditFinding::problem)
                .isEqualTo(Problem.CHAIN_CUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.activity_log SET action = 'x' WHERE id = 15",
                "DELETE FROM audit.activity_log WHERE id = 15",
                "TRUNCATE audit.activity_log",
                "TRUNCATE audit.activity_log_default",
                "DO $$ DECLARE p regclass; BEGIN SELECT inhrelid::regclass INTO p FROM pg_inherits WHERE inhparent ="
                        + " 'audit.activity_log'::regclass AND inhrelid <> 'audit.activity_log_default'::regclass LIMIT 1;"
                        + " EXECUTE 'TRUNCATE ' || p; END $$",
                "UPDATE audit.seals SET row_count = 1",
                "DELETE FROM audit.seals",
                "TRUNCATE audit.seals",
            })
    void evenASuperuserHasToSwitchTheTriggersOff(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> bench.execute(sql))
                .withMessageContaining("only added to");
    }

    private void assertBroken(Problem problem, @Nullable Long batch, @Nullable Long number) {
        AuditVerification verified = bench.verify();
        assertThat(verified.status()).isEqualTo(Status.BROKEN);
        AuditFinding finding = verified.problem().orElseThrow();
        assertThat(finding.problem()).as(finding.message()).isEqualTo(problem);
        assertThat(finding.batch()).isEqualTo(batch);
        assertThat(finding.number()).isEqualTo(number);
        assertThat(finding.message()).doesNotContain("user-", "mallory");
    }
}
