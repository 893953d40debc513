/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.ContentUnreadableException;
import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.StoreUnavailableException;
import dev.ralph.audit.AuditQuery;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Secret;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys do to a store, and what a store does without the right ones. */
@Tag("integration")
class KeysTest {

    private static final String CANARY = "c4n4ry";

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @BeforeEach
    @AfterEach
    void empty() throws SQLException {
        DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.data_keys, ralph.specs, ralph.events, ralph.commands,"
                + " ralph.iterations, ralph.attempts, ralph.gates, ralph.checkpoints CASCADE");
    }

    @Test
    void theTrailShowsWhoDidItFromWhereToWhoeverHasTheKey() {
        try (JdbcStore store = open("a")) {
            RunId run = CanaryRun.ended(store, "bob", CANARY);

            assertThat(store.audit()
                            .orElseThrow()
                            .list(AuditQuery.NEWEST.withRun(run))
                            .items())
                    .filteredOn(record -> record.entry().action().equals("run.submit"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.entry().principal()).isEqualTo("bob");
                        assertThat(record.entry().address()).isEqualTo(CanaryRun.ADDRESS);
                        assertThat(record.entry().details()).isEqualTo(Map.of("note", "detail " + CANARY));
                    });
        }
    }

    @Test
    void withoutAKeyOrWithAnotherASealedStoreDoesNotOpen() throws SQLException {
        try (JdbcStore store = open("a")) {
            CanaryRun.ended(store, null, CANARY);
        }
        String before = DATABASE.query("SELECT count(*) FROM ralph.data_keys");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(""))
                .withMessageContaining("there is no key here")
                .withMessageContaining("ENCRYPTION_KEY");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open("b"))
                .withMessageContaining(Sealing.keys("a").keys().ids().iterator().next())
                .withMessageContaining(Sealing.keys("b").keys().ids().iterator().next());
        assertThat(DATABASE.query("SELECT count(*) FROM ralph.data_keys")).isEqualTo(before);
    }

    @Test
    void aDataKeyThatWasChangedIsFoundAtTheStart() throws SQLException {
        try (JdbcStore store = open("a")) {
            CanaryRun.ended(store, null, CANARY);
        }
        DATABASE.execute("UPDATE ralph.data_keys SET wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20))");

        assertThatExceptionOfType(ContentUnreadableException.class)
                .isThrownBy(() -> open("a"))
                .withMessageContaining("was changed");
    }

    @Test
    void theKeyOfOneSubjectDoesNotServeAnother() throws SQLException {
        RunId run;
        try (JdbcStore store = open("a")) {
            run = CanaryRun.ended(store, "ann", CANARY);
            CanaryRun.ended(store, "bob", CANARY);
        }
        DATABASE.execute("""
                UPDATE ralph.data_keys a SET wrapped = b.wrapped FROM ralph.data_keys b
                WHERE a.subject = 'ann' AND b.subject = 'bob'""");

        try (JdbcStore store = open("a")) {
            assertThatExceptionOfType(ContentUnreadableException.class).isThrownBy(() -> store.find(run));
        } catch (ContentUnreadableException found) {
            assertThat(found).hasMessageContaining("was changed");
        }
    }

    @Test
    void runsFromBeforeThereWereKeysAreSealedByMaintenanceAndOnlyThenNeedNoLeave() throws SQLException, IOException {
        RunId ended;
        CanaryRun working;
        try (JdbcStore clear = open("")) {
            ended = CanaryRun.ended(clear, "ann", CANARY);
            working = CanaryRun.begin(clear, null, CANARY);
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open("a"))
                .withMessageContaining("ENCRYPTION_ACCEPT_CLEAR");

        try (JdbcStore store = accepting("a")) {
            CanaryRun.requireWhole(store, ended, CANARY);
            assertThat(store.maintain().runsSealed()).as("one is worked on").isEqualTo(1);
            assertThat(store.maintain().runsSealed()).isZero();
            CanaryRun.requireWhole(store, ended, CANARY);
        }
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> open("a"));
        try (JdbcStore store = accepting("a")) {
            DATABASE.execute("UPDATE ralph.orchestrations SET lease_until = clock_timestamp() - interval '1 second'"
                    + " WHERE lease_until IS NOT NULL");
            assertThat(store.maintain().runsSealed()).isEqualTo(1);
        }
        try (JdbcStore strict = open("a")) {
            CanaryRun.requireWhole(strict, ended, CANARY);
            assertThat(CanaryRun.content(strict, working.id())).allMatch(text -> text.contains(CANARY));
            TestRun.claim(strict, working.id()).end(StopReason.CANCELLED);
        }
        DATABASE.execute("UPDATE ralph.orchestrations SET task_id = NULL");
        assertThat(content(dump())).isFalse();
    }

    @Test
    void aNodeThatDoesNotKnowOfARunsKeyYetWritesNothingInClear() throws SQLException {
        CanaryRun run;
        try (JdbcStore clear = open("")) {
            run = CanaryRun.begin(clear, null, CANARY);
            DATABASE.execute("UPDATE ralph.orchestrations SET lease_until = clock_timestamp() - interval '1 second'");
            try (JdbcStore store = accepting("a")) {
                store.maintain();
            }

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(run::guide)
                    .withMessageContaining("nothing was written");
        }
    }

    @Test
    void anOldKeyCanGoOnceMaintenanceHasWrappedEverythingAnew() {
        RunId run;
        try (JdbcStore old = open("a")) {
            run = CanaryRun.ended(old, "ann", CANARY);
        }
        try (JdbcStore both = open("ba");
                JdbcStore other = open("ab")) {
            RunId meanwhile = CanaryRun.ended(other, "bob", CANARY);
            assertThat(both.maintain().keysWrapped()).isEqualTo(3);
            assertThat(both.maintain().keysWrapped()).isZero();
            CanaryRun.requireWhole(both, meanwhile, CANARY);
            CanaryRun.requireWhole(other, run, CANARY);
        }
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> open("a"));
        try (JdbcStore fresh = open("b")) {
            CanaryRun.requireWhole(fresh, run, CANARY);
        }
    }

    @Test
    void oneDataKeyThatIsBadKeepsNoOtherFromBeingWrappedAnew() throws SQLException {
        try (JdbcStore store = open("ab")) {
            CanaryRun.ended(store, "ann", CANARY);
            CanaryRun.ended(store, "bob", CANARY);
        }
        try (JdbcStore store = open("ba")) {
            DATABASE.execute("UPDATE ralph.data_keys SET wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20))"
                    + " WHERE subject = 'ann'");

            MaintenanceReport report = store.maintain();

            assertThat(report.keysWrapped()).as("bob's and nobody's").isEqualTo(2);
            assertThat(report.complete()).isFalse();
        }
    }

    @Test
    void aRunThatDoesNotOpenIsGivenBack() throws SQLException {
        try (JdbcStore store = open("a")) {
            NewRun run = CanaryRun.submission("ann", CANARY);
            store.create(run);
            DATABASE.execute("UPDATE ralph.orchestrations SET state = 'x' WHERE id = '" + run.id() + "'");

            assertThatExceptionOfType(ContentUnreadableException.class)
                    .isThrownBy(() -> TestRun.claim(store, run.id()));

            assertThat(DATABASE.query("SELECT owner FROM ralph.orchestrations WHERE id = '" + run.id() + "'"))
                    .isEqualTo("null");
        }
    }

    @Test
    void aClearRunIsSealedBeforeItIsWorkedOn() {
        RunId run;
        try (JdbcStore clear = open("")) {
            NewRun submitted = CanaryRun.submission(null, CANARY);
            run = submitted.id();
            clear.create(submitted);
        }
        try (JdbcStore store = accepting("a")) {
            TestRun.claim(store, run).end(StopReason.CANCELLED);
        }
        try (JdbcStore strict = open("a")) {
            assertThat(CanaryRun.content(strict, run)).isNotEmpty();
        }
    }

    @Test
    void acceptingClearContentWithoutAKeyIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> accepting(""))
                .withMessageContaining("there is no ENCRYPTION_KEY");
    }

    @ParameterizedTest
    @CsvSource({"not*base64, is not base64", "c2hvcnQ=, has 5 bytes", "',', 'key 1 of 2'"})
    void aMalformedKeyIsRefusedWithoutShowingIt(String text, String why) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EncryptionKeys.of(new Secret("ENCRYPTION_KEY", text)))
                .withMessageContaining("ENCRYPTION_KEY")
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("not*base64", "c2hvcnQ"));
    }

    private static boolean content(String dump) {
        return Sealing.has(dump, "preview " + CANARY)
                || Sealing.has(dump, "message " + CANARY)
                || Sealing.has(dump, "state " + CANARY)
                || Sealing.has(dump, "spec " + CANARY)
                || Sealing.has(dump, "feedback " + CANARY)
                || Sealing.has(dump, "gate " + CANARY)
                || Sealing.has(dump, "guidance " + CANARY);
    }

    private static String dump() throws SQLException, IOException {
        return Sealing.postgres(DATABASE.pool());
    }

    private static JdbcStore open(String letters) {
        return Sealing.on(DATABASE.pool(), Sealing.keys(letters)).build();
    }

    private static JdbcStore accepting(String letters) {
        return Sealing.on(DATABASE.pool(), Sealing.keys(letters).acceptingClear())
                .build();
    }
}
