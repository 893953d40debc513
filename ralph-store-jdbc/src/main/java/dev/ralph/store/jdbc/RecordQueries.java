/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Reads the records of runs. Thread-safe. */
final class RecordQueries {

    private final Database database;

    RecordQueries(Database database) {
        this.database = database;
    }

    List<IterationRecord> iterations(RunId run, int iteration, int max) {
        return database.read(handle -> handle.createQuery("""
                        SELECT iteration, attempts, agent, status, claimed, workspace_changed, output_cut, started_at,
                            ended_at, output_preview
                        FROM ralph.iterations WHERE run_id = :run AND iteration > :iteration
                        ORDER BY iteration LIMIT :max""")
                .bind("run", run.value())
                .bind("iteration", iteration)
                .bind("max", max)
                .map((row, context) -> new IterationRecord(
                        row.getInt("iteration"),
                        row.getInt("attempts"),
                        row.getString("agent"),
                        StoredName.get(row, "status", AttemptStatus.class),
                        row.getBoolean("claimed"),
                        row.getBoolean("workspace_changed"),
                        row.getBoolean("output_cut"),
                        StoredTime.get(row, "started_at"),
                        StoredTime.get(row, "ended_at"),
                        StorableText.text(row.getBytes("output_preview"))))
                .list());
    }

    List<AttemptRecord> attempts(RunId run, int iteration) {
        return database.read(handle -> handle.createQuery("""
                        SELECT iteration, attempt, agent, status, started_at, ended_at, failure, message, reserved_tokens,
                            reserved_cost, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost,
                            cost_kind, output_ref, output_bytes, output_cut
                        FROM ralph.attempts WHERE run_id = :run AND iteration = :iteration AND EXISTS (
                            SELECT 1 FROM ralph.orchestrations o WHERE o.id = :run AND o.erased_at IS NULL)
                        ORDER BY attempt""")
                .bind("run", run.value())
                .bind("iteration", iteration)
                .map((row, context) -> attempt(row))
                .list());
    }

    List<GateRecord> gates(RunId run) {
        return database.read(handle -> handle.createQuery("""
                        SELECT iteration, gate, passed, feedback, took_nanos, output_ref, output_bytes, output_cut
                        FROM ralph.gates WHERE run_id = :run ORDER BY iteration, step, ordinal""")
                .bind("run", run.value())
                .map((row, context) -> new GateRecord(
                        row.getInt("iteration"),
                        row.getString("gate"),
                        row.getBoolean("passed"),
                        StorableText.text(row.getBytes("feedback")),
                        Duration.ofNanos(row.getLong("took_nanos")),
                        OutputColumns.get(row)))
                .list());
    }

    List<CheckpointRecord> checkpoints(RunId run) {
        return database.read(handle -> handle.createQuery("""
                        SELECT number, iteration, ref_name, commit_id, made_at
                        FROM ralph.checkpoints WHERE run_id = :run ORDER BY number""")
                .bind("run", run.value())
                .map((row, context) -> new CheckpointRecord(
                        row.getInt("number"),
                        row.getInt("iteration"),
                        row.getString("ref_name"),
                        row.getString("commit_id"),
                        StoredTime.get(row, "made_at")))
                .list());
    }

    private static AttemptRecord attempt(ResultSet row) throws SQLException {
        return new AttemptRecord(
                row.getInt("iteration"),
                row.getInt("attempt"),
                row.getString("agent"),
                StoredName.get(row, "status", AttemptStatus.class),
                StoredTime.get(row, "started_at"),
                StoredTime.orNull(row, "ended_at"),
                StoredName.orNull(row, "failure", FailureClass.class),
                row.getString("message"),
                new Reservation(row.getLong("reserved_tokens"), row.getBigDecimal("reserved_cost")),
                UsageColumns.usage(row, ""),
                Objects.requireNonNullElse(UsageColumns.cost(row, ""), Cost.UNKNOWN),
                OutputColumns.get(row));
    }
}
