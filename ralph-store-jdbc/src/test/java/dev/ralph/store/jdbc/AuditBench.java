/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** An audit trail in a database of its own, sealed by hand in batches of ten. */
final class AuditBench implements AutoCloseable {

    static final int BATCH = 10;

    private final PostgresServer server;
    private final String database;
    private JdbcStore store;
    private int written;

    AuditBench(PostgresServer server, String... keys) throws SQLException {
        this(server, server.migrated(), keys);
    }

    private AuditBench(PostgresServer server, String database, String... keys) {
        this.server = server;
        this.database = database;
        this.store = open(keys);
    }

    /** A trail that begins as another one is, which is {@link #left}. */
    static AuditBench copyOf(PostgresServer server, String database, String... keys) throws SQLException {
        return new AuditBench(server, server.copyOf(database), keys);
    }

    /** Closes it and leaves its database, which this names, to {@link #copyOf}. */
    String left() {
        store.close();
        return database;
    }

    /** A key in base64, of 32 times this letter. */
    static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.UTF_8));
    }

    static AuditKeys keys(String... keys) {
        return keys.length == 0 ? AuditKeys.NONE : AuditKeys.of(new Secret("AUDIT_KEY", String.join(",", keys)));
    }

    /** Opens the store anew with other keys; the first signs. */
    void reopen(String... keys) {
        store.close();
        store = open(keys);
    }

    JdbcStore open(String... keys) {
        return JdbcStore.builder()
                .url(server.url(database))
                .pool(1, 5)
                .migrations(MigrationMode.NONE)
                .audit(AuditConfig.DEFAULT.withKeys(keys(keys)).withSealing(Duration.ofDays(1), BATCH))
                .build();
    }

    JdbcStore store() {
        return store;
    }

    String url() {
        return server.url(database);
    }

    AuditLog log() {
        return store.audit().orElseThrow();
    }

    AuditSealer sealer() {
        return store.parts().audit().sealer();
    }

    static AuditEntry entry(int number) {
        return entry("user-" + number, number);
    }

    static AuditEntry entry(String principal, int number) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new AuditEntry(
                RunId.create(at).value(),
                at,
                principal,
                "192.0.2." + number % 256,
                "test.act",
                "thing/" + number,
                null,
                number % 2 == 0 ? "blue" : null,
                AuditEntry.DONE,
                "node-1",
                Map.of("number", Integer.toString(number)));
    }

    /** So many more entries, each in a transaction of its own. */
    AuditBench write(int entries) {
        for (int i = 0; i < entries; i++) {
            written++;
            log().record(entry(written));
        }
        return this;
    }

    /** Seals all there is. A transaction of another database of this server may hold that up for a while. */
    AuditBench seal() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            sealer().seal();
            return store.parts().audit().log().verify().unsealed() == 0;
        });
        return this;
    }

    /** Seals all that may be sealed of a trail that need not be whole; the last ids of its batches. */
    String sealAll() throws SQLException {
        await().atMost(Duration.ofSeconds(30)).until(() -> sealer().seal() > 0);
        return query("SELECT string_agg(last_id::text, ',' ORDER BY batch) FROM audit.seals");
    }

    AuditVerification verify() {
        return log().verify();
    }

    /** The last batch, of a trail that is whole. */
    AuditHead head() {
        AuditVerification now = verify();
        assertThat(now.status()).isEqualTo(AuditVerification.Status.VERIFIED);
        return Objects.requireNonNull(now.head(), "head");
    }

    /** As a superuser who has switched the triggers off. */
    void tamper(String sql) throws SQLException {
        execute("SET session_replication_role = replica; " + sql);
    }

    void execute(String sql) throws SQLException {
        server.execute(database, sql);
    }

    Connection connect() throws SQLException {
        return server.connect(database);
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    @Override
    public void close() throws SQLException {
        store.close();
        server.drop(database);
    }
}
