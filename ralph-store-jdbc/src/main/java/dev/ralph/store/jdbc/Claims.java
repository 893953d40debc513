/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.RunStatus;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who takes a run, and who gives it back. Thread-safe. */
final class Claims {

    private final Database database;
    private final RunRows rows;
    private final String lock;
    private final String release;
    private final String shorten;

    Claims(Database database, Dialect dialect, RunRows rows) {
        this.database = database;
        this.rows = rows;
        lock = """
                SELECT o.status, o.owner, o.lease_until, o.epoch, o.state_version, o.lapses,
                    o.reason = 'DEAD_LETTERED' AND o.commands_last > o.commands_through AND EXISTS (
                        SELECT 1 FROM ralph.commands c
                        WHERE c.run_id = :run AND c.number > o.commands_through AND c.kind = 'RETRY') AS retried,
                    %s AS now
                FROM ralph.orchestrations o WHERE o.id = :run AND o.erased_at IS NULL FOR UPDATE""".formatted(dialect.clock());
        release = """
                UPDATE ralph.orchestrations SET owner = NULL, lease_until = NULL, lapses = 0
                WHERE id = :run AND lease_token = :token AND lease_until > %s""".formatted(dialect.clock());
        shorten = """
                UPDATE ralph.orchestrations SET lease_until = %1$s
                WHERE owner = :owner AND lease_until > %1$s AND status IN %2$s""".formatted(dialect.clockPlusMicros(":micros"), StatusSql.UNFINISHED);
    }

    Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        requirePositive(ttl);
        StorableText.requireKey("owner", owner);
        return database.write(handle -> {
            Optional<Holder> holder = handle.createQuery(lock)
                    .bind("run", run.value())
                    .map((row, context) -> Holder.of(row))
                    .findOne();
            return holder.isEmpty()
                    ? new Claim.NotFound()
                    : claim(handle, run, owner, ttl, stateVersions, holder.get());
        });
    }

    void release(Lease lease) {
        database.change(handle -> handle.createUpdate(release)
                .bind("run", lease.run().value())
                .bind("token", lease.token())
                .execute());
    }

    /** Leases only ever end sooner by this. Only a run that has not ended has one, and an index finds those. */
    int shorten(String owner, Duration left) {
        requirePositive(left);
        StorableText.requireKey("owner", owner);
        return database.write(handle -> handle.createUpdate(shorten)
                .bind("owner", owner)
                .bind("micros", left.toNanos() / 1_000)
                .execute());
    }

    static void requirePositive(Duration ttl) {
        if (ttl.isZero() || ttl.isNegative()) {
            throw new InvalidValueException("ttl", ttl, "must be longer than zero");
        }
    }

    private Claim claim(
            Handle handle, RunId run, String owner, Duration ttl, Set<Integer> stateVersions, Holder holder) {
        if (holder.status.isFinal() && !holder.retried) {
            return new Claim.Over(rows.find(handle, run).orElseThrow());
        }
        if (holder.owner != null && holder.until != null && holder.until.isAfter(holder.now)) {
            return new Claim.Held(holder.owner, holder.until);
        }
        if (!stateVersions.contains(holder.stateVersion)) {
            return new Claim.UnknownVersion(holder.stateVersion);
        }
        Lease lease = new Lease(run, owner, UUID.randomUUID(), holder.epoch + 1);
        int lapses = holder.until == null ? 0 : holder.lapses + 1;
        handle.createUpdate("""
                        UPDATE ralph.orchestrations
                        SET owner = :owner, lease_token = :token, epoch = :epoch, lease_until = :until, lapses = :lapses
                        WHERE id = :run""")
                .bind("owner", owner)
                .bind("token", lease.token())
                .bind("epoch", lease.epoch())
                .bind("until", StoredTime.of(holder.now.plus(ttl)))
                .bind("lapses", lapses)
                .bind("run", run.value())
                .execute();
        return new Claim.Granted(lease, rows.find(handle, run).orElseThrow(), holder.now, holder.until, lapses);
    }

    private record Holder(
            RunStatus status,
            @Nullable String owner,
            @Nullable Instant until,
            long epoch,
            int stateVersion,
            int lapses,
            boolean retried,
            Instant now) {

        static Holder of(ResultSet row) throws SQLException {
            return new Holder(
                    StoredName.get(row, "status", RunStatus.class),
                    row.getString("owner"),
                    StoredTime.orNull(row, "lease_until"),
                    row.getLong("epoch"),
                    row.getInt("state_version"),
                    row.getInt("lapses"),
                    row.getBoolean("retried"),
                    StoredTime.get(row, "now"));
        }
    }
}
