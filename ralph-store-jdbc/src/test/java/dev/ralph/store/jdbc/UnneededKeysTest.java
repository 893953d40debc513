/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditQuery;
import dev.ralph.spi.Creation;
import dev.ralph.spi.NewRun;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which keys maintenance destroys, and which it does not. Each test has subjects of its own: the audit trail keeps names. */
@Tag("integration")
class UnneededKeysTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final String LONG_AGO = "timestamptz '2020-01-01 00:00Z'";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.data_keys, ralph.specs, ralph.events CASCADE");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void theKeyOfARunThatIsBeingCreatedStays() throws Exception {
        NewRun run = CanaryRun.submission("bea", "c4n4ry");
        HeldCommit creating = new HeldCommit("INSERT INTO ralph.orchestrations");
        try (JdbcStore creator = Sealing.on(new ObservedDataSource(DATABASE.pool(), creating), Sealing.keys("a"))
                        .build();
                JdbcStore keeper = open()) {
            creator.parts().content().keyFor(run);
            madeAt("bea", LONG_AGO);
            Future<Creation> created = threads.submit(() -> creator.create(run));
            creating.awaitReached();
            Future<Integer> destroyed = threads.submit(() -> keeper.maintain().keysDestroyed());
            DATABASE.awaitBlocked(1);

            creating.release();

            assertThat(created.get().created()).isTrue();
            assertThat(destroyed.get()).isZero();
            assertThat(keeper.find(run.id()).orElseThrow().spec().bytes())
                    .isEqualTo(run.spec().bytes());
        }
    }

    @Test
    void aKeyStaysForADayAfterItSealedWhatIsNew() throws SQLException {
        try (JdbcStore store = open()) {
            store.parts().content().keyFor(CanaryRun.submission("cid", "c4n4ry"));

            madeAt("cid", "now() - interval '7 days 23 hours'");
            assertThat(store.maintain().keysDestroyed()).isZero();
            madeAt("cid", "now() - interval '8 days 1 hour'");
            assertThat(store.maintain().keysDestroyed()).isEqualTo(1);
        }
    }

    @Test
    void whatSomebodyWhoseNameBeginsLikeANodeDidStaysReadable() throws SQLException {
        String batch = "node:batch-" + UUID.randomUUID();
        Map<String, String> details = Map.of("note", "nightly");
        try (JdbcStore store = open()) {
            store.audit().orElseThrow().record(entry(batch, details));
            madeAt(batch, LONG_AGO);

            assertThat(store.maintain().keysDestroyed()).isZero();
        }
        try (JdbcStore again = open()) {
            assertThat(again.audit()
                            .orElseThrow()
                            .list(AuditQuery.NEWEST.withPrincipal(batch))
                            .items())
                    .singleElement()
                    .satisfies(record -> assertThat(record.entry().details()).isEqualTo(details));
        }
    }

    @Test
    void anyNumberOfKeysIsDestroyedAndThoseOfRunsBetweenThemStay() throws SQLException {
        try (JdbcStore store = open()) {
            NewRun kept = CanaryRun.submission("ann", "c4n4ry");
            store.create(kept);
            madeAt("ann", LONG_AGO);
            DATABASE.execute("INSERT INTO ralph.data_keys (id, subject, made_at, key_id, wrapped)"
                    + " SELECT gen_random_uuid(), 'gone-' || n, k.made_at, k.key_id, k.wrapped"
                    + " FROM ralph.data_keys k, generate_series(1, 250) n WHERE k.subject = 'ann'");

            assertThat(store.maintain().keysDestroyed()).isEqualTo(250);
            assertThat(store.maintain().keysDestroyed()).isZero();
        }
        assertThat(DATABASE.query("SELECT string_agg(subject, ',') FROM ralph.data_keys WHERE wrapped IS NOT NULL"))
                .isEqualTo("ann");
    }

    private static JdbcStore open() {
        return Sealing.on(DATABASE.pool(), Sealing.keys("a")).build();
    }

    private static void madeAt(String subject, String moment) throws SQLException {
        DATABASE.execute("UPDATE ralph.data_keys SET made_at = " + moment + " WHERE subject = '" + subject + "'");
    }

    private static AuditEntry entry(String principal, Map<String, String> details) {
        return new AuditEntry(
                UUID.randomUUID(),
                Instant.now(),
                principal,
                null,
                "test.act",
                "thing",
                null,
                null,
                AuditEntry.DONE,
                "node-1",
                details);
    }
}
