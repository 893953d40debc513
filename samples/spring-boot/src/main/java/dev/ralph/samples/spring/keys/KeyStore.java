/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.samples.spring.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keys in the database of the host. */
@Component
final class KeyStore {

    private static final String COLUMNS = "id, tenant, name, role, secret_hash, previous_hash, previous_until,"
            + " created_at, created_by, expires_at, revoked_at, last_used_at, lifetime_seconds";

    private final JdbcClient database;

    KeyStore(JdbcClient database) {
        this.database = database;
    }

    void insert(ApiKey key, String hash) {
        database.sql(
                        "insert into \"host\".api_key (id, tenant, name, role, secret_hash, created_at, created_by, expires_at,"
                                + " lifetime_seconds)"
                                + " values (:id, :tenant, :name, :role, :hash, :createdAt, :createdBy, :expiresAt, :lifetime)")
                .param("id", key.id())
                .param("tenant", key.tenant())
                .param("name", key.name())
                .param("role", key.role().name())
                .param("hash", hash)
                .param("createdAt", stored(key.createdAt()))
                .param("createdBy", key.createdBy())
                .param("expiresAt", stored(key.expiresAt()))
                .param(
                        "lifetime",
                        Duration.between(key.createdAt(), key.expiresAt()).toSeconds())
                .update();
    }

    Optional<StoredKey> find(String id) {
        return database.sql("select " + COLUMNS + " from \"host\".api_key where id = :id")
                .param("id", id)
                .query(KeyStore::read)
                .optional();
    }

    /** The newest of a tenant. */
    List<ApiKey> list(String tenant, int limit) {
        return listed("tenant = :tenant", limit, query -> query.param("tenant", tenant));
    }

    /** Those of its tenant that come after it, the newest first. */
    List<ApiKey> listAfter(ApiKey last, int limit) {
        return listed(
                "tenant = :tenant and (created_at < :createdAt or created_at = :createdAt and id > :id)",
                limit,
                query -> query.param("tenant", last.tenant())
                        .param("createdAt", stored(last.createdAt()))
                        .param("id", last.id()));
    }

    private List<ApiKey> listed(String which, int limit, UnaryOperator<JdbcClient.StatementSpec> parameters) {
        return parameters
                .apply(database.sql("select " + COLUMNS + " from \"host\".api_key where " + which
                        + " order by created_at desc, id fetch first " + limit + " rows only"))
                .query(KeyStore::read)
                .list()
                .stream()
                .map(StoredKey::key)
                .toList();
    }

    /** Gives it another secret; false if another one did so since it was read, or revoked it. */
    boolean rotate(StoredKey before, String hash, Instant previousUntil, Instant expiresAt) {
        return database.sql("update \"host\".api_key set previous_hash = secret_hash, previous_until = :previousUntil,"
                                + " secret_hash = :hash, expires_at = :expiresAt, lifetime_seconds = :lifetime"
                                + " where id = :id and secret_hash = :before and revoked_at is null")
                        .param("previousUntil", stored(previousUntil))
                        .param("hash", hash)
                        .param("expiresAt", stored(expiresAt))
                        .param("lifetime", before.lifetime().toSeconds())
                        .param("id", before.key().id())
                        .param("before", before.hash())
                        .update()
                == 1;
    }

    /** False if it was revoked before. */
    boolean revoke(String id, Instant now) {
        return database.sql("update \"host\".api_key set revoked_at = :now where id = :id and revoked_at is null")
                        .param("now", stored(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    void used(String id, Instant now) {
        database.sql("update \"host\".api_key set last_used_at = :now where id = :id")
                .param("now", stored(now))
                .param("id", id)
                .update();
    }

    /** How many keys of a tenant are good, of this role, or of every role for null. */
    long countLive(String tenant, @Nullable Role role, Instant now) {
        return database.sql("select count(*) from \"host\".api_key where tenant = :tenant and revoked_at is null"
                        + " and expires_at > :now" + (role == null ? "" : " and role = '" + role.name() + "'"))
                .param("tenant", tenant)
                .param("now", stored(now))
                .query(Long.class)
                .single();
    }

    static OffsetDateTime stored(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static StoredKey read(ResultSet row, int ignored) throws SQLException {
        ApiKey key = new ApiKey(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row, "previous_until"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
        Long lifetime = row.getObject("lifetime_seconds", Long.class);
        return new StoredKey(
                key,
                row.getString("secret_hash"),
                row.getString("previous_hash"),
                lifetime == null ? Duration.between(key.createdAt(), key.expiresAt()) : Duration.ofSeconds(lifetime));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
