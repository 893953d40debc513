/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.spi.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /**
     * Renews.
     *
     * @param commanded told of those that have commands nobody has taken yet: looking costs nothing here
     */
    Set<Lease> renew(Collection<Lease> wanted, Duration ttl, Consumer<RunId> commanded) {
        Claims.requirePositive(ttl);
        List<Lease> distinct = List.copyOf(new HashSet<>(wanted));
        if (distinct.isEmpty()) {
            return Set.of();
        }
        long micros = ttl.toNanos() / 1_000;
        try {
            return renew(distinct, micros, commanded);
        } catch (StoreException e) {
            // The connection may have broken since the last time; renewing twice harms nobody.
            connection.drop();
            return renew(distinct, micros, commanded);
        }
    }

    private Set<Lease> renew(List<Lease> distinct, long micros, Consumer<RunId> commanded) {
        return switch (dialect) {
            case POSTGRESQL -> {
                Map<UUID, Renewed> renewed = leases.write(handle -> renewAtOnce(handle, distinct, micros));
                renewed.values().stream().filter(Renewed::commanded).forEach(row -> commanded.accept(row.run()));
                yield distinct.stream()
                        .filter(lease -> renewed.containsKey(lease.token())
                                && renewed.get(lease.token()).run().equals(lease.run()))
                        .collect(Collectors.toUnmodifiableSet());
            }
            case H2 -> leases.write(handle -> renewEach(handle, distinct, micros));
        };
    }

    /** Of those that were not renewed; in H2, where it waits for locks, all. */
    Set<Lease> lost(Collection<Lease> notRenewed) {
        if (dialect == Dialect.H2) {
            return Set.copyOf(notRenewed);
        }
        List<Lease> distinct = List.copyOf(new HashSet<>(notRenewed));
        Set<UUID> held = leases.read(handle -> held(handle, distinct));
        return distinct.stream().filter(lease -> !held.contains(lease.token())).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<UUID> held(Handle handle, List<Lease> asked) {
        return handle.createQuery("""
                        SELECT o.lease_token FROM ralph.orchestrations o
                        JOIN unnest(:runs, :tokens) AS l (run, token) ON o.id = l.run AND o.lease_token = l.token
                        WHERE o.lease_until > clock_timestamp()""")
                .bindArray(
                        "runs",
                        UUID.class,
                        asked.stream().map(lease -> lease.run().value()).toList())
                .bindArray(
                        "tokens", UUID.class, asked.stream().map(Lease::token).toList())
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * By token. Waits for no lock: a step that is being written holds its run's row, and would hold up the leases of all the
     * others.
     */
    private static Map<UUID, Renewed> renewAtOnce(Handle handle, List<Lease> wanted, long micros) {
        return handle
                .createQuery("""
                        UPDATE ralph.orchestrations o
                        SET lease_until = clock_timestamp() + :micros * interval '1 microsecond'
                        FROM (SELECT f.id FROM ralph.orchestrations f
                            JOIN unnest(:runs, :tokens) AS l (run, token) ON f.id = l.run AND f.lease_token = l.token
                            WHERE f.lease_until > clock_timestamp() FOR UPDATE OF f SKIP LOCKED) AS free
                        WHERE o.id = free.id
                        RETURNING o.id, o.lease_token, o.commands_last > o.commands_through AS commanded""")
                .bind("micros", micros)
                .bindArray(
                        "runs",
                        UUID.class,
                        wanted.stream().map(lease -> lease.run().value()).toList())
                .bindArray(
                        "tokens", UUID.class, wanted.stream().map(Lease::token).toList())
                .map((row, context) -> Renewed.of(row))
                .stream()
                .collect(Collectors.toMap(Renewed::token, Function.identity()));
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

    private record Renewed(RunId run, UUID token, boolean commanded) {

        static Renewed of(ResultSet row) throws SQLException {
            return new Renewed(
                    new RunId(row.getObject("id", UUID.class)),
                    row.getObject("lease_token", UUID.class),
                    row.getBoolean("commanded"));
        }
    }
}
