/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.RunId;
import dev.ralph.Usage;
import dev.ralph.spi.Lease;
import dev.ralph.spi.UsageReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What attempts in flight have used so far. Thread-safe. */
final class UsageNotes {

    private static final String NOTED = """
            SELECT noted_input_tokens, noted_output_tokens, noted_cache_read_tokens, noted_cache_write_tokens, noted_cost,
                noted_cost_kind
            FROM ralph.attempts
            WHERE run_id = :run AND iteration = :iteration AND attempt = :attempt AND status = :inFlight""";

    private final Database database;
    private final String lock;

    UsageNotes(Database database, Dialect dialect) {
        this.database = database;
        lock = """
                SELECT 1 FROM ralph.orchestrations
                WHERE id = :run AND lease_token = :token AND lease_until > %s FOR UPDATE""".formatted(dialect.clock());
    }

    void note(Lease lease, int iteration, int attempt, UsageReport report) {
        database.change(handle -> {
            requireHeld(handle, lease);
            Optional<UsageReport> before = noted(handle, lease.run(), iteration, attempt);
            if (before.isPresent()) {
                UsageReport after = before.get().highest(report);
                if (!after.equals(before.get())) {
                    write(handle, lease.run(), iteration, attempt, after);
                }
            }
        });
    }

    Optional<UsageReport> noted(RunId run, int iteration, int attempt) {
        return database.read(handle -> noted(handle, run, iteration, attempt))
                .filter(report -> !report.equals(UsageReport.UNKNOWN));
    }

    /** Holds the row until the end of the transaction, so that nobody takes the run meanwhile. */
    private void requireHeld(Handle handle, Lease lease) {
        boolean held = handle.createQuery(lock)
                .bind("run", lease.run().value())
                .bind("token", lease.token())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!held) {
            throw Steps.lost(lease);
        }
    }

    private static Optional<UsageReport> noted(Handle handle, RunId run, int iteration, int attempt) {
        return handle.createQuery(NOTED)
                .bind("run", run.value())
                .bind("iteration", iteration)
                .bind("attempt", attempt)
                .bind("inFlight", AttemptStatus.IN_FLIGHT.name())
                .map((row, context) -> report(row))
                .findOne();
    }

    private static UsageReport report(ResultSet row) throws SQLException {
        return new UsageReport(
                UsageColumns.usage(row, "noted_"),
                Objects.requireNonNullElse(UsageColumns.cost(row, "noted_"), Cost.UNKNOWN));
    }

    private static void write(Handle handle, RunId run, int iteration, int attempt, UsageReport report) {
        Usage usage = report.usage();
        boolean hasCost = report.cost().kind() != CostKind.UNKNOWN;
        handle.createUpdate("""
                        UPDATE ralph.attempts SET
                            noted_input_tokens = :input, noted_output_tokens = :output,
                            noted_cache_read_tokens = :cacheRead, noted_cache_write_tokens = :cacheWrite,
                            noted_cost = :cost, noted_cost_kind = :costKind
                        WHERE run_id = :run AND iteration = :iteration AND attempt = :attempt""")
                .bind("input", usage == null ? null : (Long) usage.input())
                .bind("output", usage == null ? null : (Long) usage.output())
                .bind("cacheRead", usage == null ? null : (Long) usage.cacheRead())
                .bind("cacheWrite", usage == null ? null : (Long) usage.cacheWrite())
                .bind("cost", hasCost ? report.cost().amount() : null)
                .bind("costKind", hasCost ? report.cost().kind().name() : null)
                .bind("run", run.value())
                .bind("iteration", iteration)
                .bind("attempt", attempt)
                .execute();
    }
}
