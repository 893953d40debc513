/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreException;
import dev.ralph.spi.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps leases, on a connection of its own. Thread-safe. */
final class Renewals {

    private final Database leases;
    private final HeldConnection connection;
    private final Dialect dialect;

    /**
     * Renews by way of {@code leases}.
     *
     * @param leases works on {@code connection} and serves nothing else
     */
    Renewals(Database leases, HeldConnection connection, Dialect dialect) {
        this.leases = leases;
        this.connection = connection;
        this.dialect = dialect;
    }

    Set<Lease> renew(Collection<Lease> wanted, Duration ttl) {
        Claims.requirePositive(ttl);
        List<Lease> distinct = List.copyOf(new HashSet<>(wanted));
        if (distinct.isEmpty()) {
            return Set.of();
        }
        long micros = ttl.toNanos() / 1_000;
        try {
            return renew(distinct, micros);
        } catch (StoreException e) {
            // The connection may have broken since the last time; renewing twice harms nobody.
            connection.drop();
            return renew(distinct, micros);
        }
    }

    private Set<Lease> renew(List<Lease> distinct, long micros) {
        return leases.write(handle -> switch (dialect) {
            case POSTGRESQL -> renewAtOnce(handle, distinct, micros);
            case H2 -> renewEach(handle, distinct, micros);
        });
    }

    private static Set<Lease> renewAtOnce(Handle handle, List<Lease> wanted, long micros) {
        Set<Held> held = new HashSet<>(handle.createQuery("""
                        UPDATE ralph.orchestrations o
                        SET lease_until = clock_timestamp() + :micros * interval '1 microsecond'
                        FROM unnest(:runs, :tokens) AS l (run, token)
                        WHERE o.id = l.run AND o.lease_token = l.token AND o.lease_until > clock_timestamp()
                        RETURNING o.id, o.lease_token""")
                .bind("micros", micros)
                .bindArray(
                        "runs",
                        UUID.class,
                        wanted.stream().map(lease -> lease.run().value()).toList())
                .bindArray(
                        "tokens", UUID.class, wanted.stream().map(Lease::token).toList())
                .map((row, context) -> Held.of(row))
                .list());
        return Set.copyOf(
                wanted.stream().filter(lease -> held.contains(Held.of(lease))).toList());
    }

    private static Set<Lease> renewEach(Handle handle, List<Lease> wanted, long micros) {
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE ralph.orchestrations SET lease_until = DATEADD(MICROSECOND, :micros, CURRENT_TIMESTAMP)
                WHERE id = :run AND lease_token = :token AND lease_until > CURRENT_TIMESTAMP""");
        for (Lease lease : wanted) {
            batch.bind("micros", micros)
                    .bind("run", lease.run().value())
                    .bind("token", lease.token())
                    .add();
        }
        int[] counts = batch.execute();
        Set<Lease> held = new HashSet<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                held.add(wanted.get(i));
            }
        }
        return Set.copyOf(held);
    }

    private record Held(UUID run, UUID token) {

        static Held of(Lease lease) {
            return new Held(lease.run().value(), lease.token());
        }

        static Held of(ResultSet row) throws SQLException {
            return new Held(row.getObject("id", UUID.class), row.getObject("lease_token", UUID.class));
        }
    }
}
