/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.Usage;
import dev.ralph.spi.RecordChange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;

/** Writes the records of one step, within its transaction. */
final class StepRecords implements RecordChange.Writer {

    private final Handle handle;
    private final RunId run;
    private final long version;
    private int gates;

    /**
     * Writes for one step.
     *
     * @param version the run's after the step
     */
    StepRecords(Handle handle, RunId run, long version) {
        this.handle = handle;
        this.run = run;
        this.version = version;
    }

    @Override
    public void startAttempt(AttemptRecord attempt) {
        Update insert = update("""
                INSERT INTO ralph.attempts (
                    run_id, iteration, attempt, agent, status, started_at, ended_at, failure, message, reserved_tokens,
                    reserved_cost, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost, cost_kind)
                VALUES (
                    :run, :iteration, :attempt, :agent, :status, :startedAt, :endedAt, :failure, :message,
                    :reservedTokens, :reservedCost, :input, :output, :cacheRead, :cacheWrite, :cost, :costKind)""");
        insert(bound(insert, attempt), "attempt " + attempt.attempt() + " of iteration " + attempt.iteration());
    }

    @Override
    public void settleAttempt(AttemptRecord attempt) {
        Update settle = update("""
                        UPDATE ralph.attempts SET
                            agent = :agent, status = :status, started_at = :startedAt, ended_at = :endedAt,
                            failure = :failure, message = :message, reserved_tokens = :reservedTokens,
                            reserved_cost = :reservedCost, input_tokens = :input, output_tokens = :output,
                            cache_read_tokens = :cacheRead, cache_write_tokens = :cacheWrite, cost = :cost,
                            cost_kind = :costKind, noted_input_tokens = NULL, noted_output_tokens = NULL,
                            noted_cache_read_tokens = NULL, noted_cache_write_tokens = NULL, noted_cost = NULL,
                            noted_cost_kind = NULL
                        WHERE run_id = :run AND iteration = :iteration AND attempt = :attempt AND status = :inFlight""").bind("inFlight", AttemptStatus.IN_FLIGHT.name());
        if (bound(settle, attempt).execute() == 0) {
            throw new StoreException("attempt " + attempt.attempt() + " of iteration " + attempt.iteration()
                    + " is not in flight and cannot be settled; nothing was written");
        }
    }

    @Override
    public void addIteration(IterationRecord iteration) {
        Update insert = update("""
                        INSERT INTO ralph.iterations (
                            run_id, iteration, attempts, agent, status, claimed, workspace_changed, started_at, ended_at,
                            output_preview)
                        VALUES (
                            :run, :iteration, :attempts, :agent, :status, :claimed, :changed, :startedAt, :endedAt,
                            :preview)""")
                .bind("iteration", iteration.iteration())
                .bind("attempts", iteration.attempts())
                .bind("agent", iteration.agent())
                .bind("status", iteration.status().name())
                .bind("claimed", iteration.claimed())
                .bind("changed", iteration.workspaceChanged())
                .bind("startedAt", StoredTime.of(iteration.startedAt()))
                .bind("endedAt", StoredTime.of(iteration.endedAt()))
                .bind("preview", StorableText.bytes(iteration.outputPreview()));
        insert(insert, "iteration " + iteration.iteration());
    }

    @Override
    public void addGate(GateRecord gate) {
        gates++;
        Update insert = update("""
                        INSERT INTO ralph.gates (run_id, iteration, step, ordinal, gate, passed, feedback, took_nanos)
                        VALUES (:run, :iteration, :step, :ordinal, :gate, :passed, :feedback, :took)""")
                .bind("iteration", gate.iteration())
                .bind("step", version)
                .bind("ordinal", gates)
                .bind("gate", gate.gate())
                .bind("passed", gate.passed())
                .bind("feedback", StorableText.bytes(gate.feedback()))
                .bind("took", gate.took().toNanos());
        insert(insert, "gate result " + gates + " of this step");
    }

    @Override
    public void addCheckpoint(CheckpointRecord checkpoint) {
        Update insert = update("""
                        INSERT INTO ralph.checkpoints (run_id, number, iteration, ref_name, commit_id, made_at)
                        VALUES (:run, :number, :iteration, :ref, :commit, :at)""")
                .bind("number", checkpoint.number())
                .bind("iteration", checkpoint.iteration())
                .bind("ref", checkpoint.ref())
                .bind("commit", checkpoint.commit())
                .bind("at", StoredTime.of(checkpoint.at()));
        insert(insert, "checkpoint " + checkpoint.number());
    }

    private Update update(String sql) {
        return handle.createUpdate(sql).bind("run", run.value());
    }

    private static Update bound(Update statement, AttemptRecord attempt) {
        Usage usage = attempt.usage();
        return statement
                .bind("iteration", attempt.iteration())
                .bind("attempt", attempt.attempt())
                .bind("agent", attempt.agent())
                .bind("status", attempt.status().name())
                .bind("startedAt", StoredTime.of(attempt.startedAt()))
                .bind("endedAt", StoredTime.of(attempt.endedAt()))
                .bind("failure", StoredName.of(attempt.failure()))
                .bind("message", attempt.message())
                .bind("reservedTokens", attempt.reserved().tokens())
                .bind("reservedCost", attempt.reserved().cost())
                .bind("input", usage == null ? null : (Long) usage.input())
                .bind("output", usage == null ? null : (Long) usage.output())
                .bind("cacheRead", usage == null ? null : (Long) usage.cacheRead())
                .bind("cacheWrite", usage == null ? null : (Long) usage.cacheWrite())
                .bind("cost", attempt.cost().amount())
                .bind("costKind", attempt.cost().kind().name());
    }

    private static void insert(Update insert, String what) {
        try {
            insert.execute();
        } catch (JdbiException e) {
            if (SqlFailures.isUniqueViolation(e)) {
                throw new StoreException(what + " is there already; nothing was written");
            }
            throw e;
        }
    }
}
