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
                    reserved_cost, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost, cost_kind,
                    output_ref, output_bytes, output_cut)
                VALUES (
                    :run, :iteration, :attempt, :agent, :status, :startedAt, :endedAt, :failure, :message,
                    :reservedTokens, :reservedCost, :input, :output, :cacheRead, :cacheWrite, :cost, :costKind,
                    :outputRef, :outputBytes, :outputCut)""");
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
                            cost_kind = :costKind, output_ref = :outputRef, output_bytes = :outputBytes,
                            output_cut = :outputCut, noted_input_tokens = NULL, noted_output_tokens = NULL,
                            noted_cache_read_tokens = NULL, noted_cache_write_tokens = NULL, noted_cost = NULL,
                            noted_cost_kind = NULL
                        WHERE run_id = :run AND iteration = :iteration AND attempt = :attempt AND status = :inFlight""").bind("inFlight", Bound.name(AttemptStatus.IN_FLIGHT));
        if (bound(settle, attempt).execute() == 0) {
            throw new StoreException("attempt " + attempt.attempt() + " of iteration " + attempt.iteration()
                    + " is not in flight and cannot be settled; nothing was written");
        }
    }

    @Override
    public void addIteration(IterationRecord iteration) {
        Update insert = update("""
                        INSERT INTO ralph.iterations (
                            run_id, iteration, attempts, agent, status, claimed, workspace_changed, output_cut,
                            started_at, ended_at, output_preview)
                        VALUES (
                            :run, :iteration, :attempts, :agent, :status, :claimed, :changed, :cut, :startedAt,
                            :endedAt, :preview)""")
                .bind("iteration", Bound.number(iteration.iteration()))
                .bind("attempts", Bound.number(iteration.attempts()))
                .bind("agent", Bound.text(iteration.agent()))
                .bind("status", Bound.name(iteration.status()))
                .bind("claimed", Bound.flag(iteration.claimed()))
                .bind("changed", Bound.flag(iteration.workspaceChanged()))
                .bind("cut", Bound.flag(iteration.outputCut()))
                .bind("startedAt", Bound.time(iteration.startedAt()))
                .bind("endedAt", Bound.time(iteration.endedAt()))
                .bind("preview", Bound.bytes(StorableText.bytes(iteration.outputPreview())));
        insert(insert, "iteration " + iteration.iteration());
    }

    @Override
    public void addGate(GateRecord gate) {
        gates++;
        Update insert = update("""
                        INSERT INTO ralph.gates (
                            run_id, iteration, step, ordinal, gate, passed, feedback, took_nanos, output_ref,
                            output_bytes, output_cut)
                        VALUES (
                            :run, :iteration, :step, :ordinal, :gate, :passed, :feedback, :took, :outputRef,
                            :outputBytes, :outputCut)""")
                .bind("iteration", Bound.number(gate.iteration()))
                .bind("step", Bound.number(version))
                .bind("ordinal", Bound.number(gates))
                .bind("gate", Bound.text(gate.gate()))
                .bind("passed", Bound.flag(gate.passed()))
                .bind("feedback", Bound.bytes(StorableText.bytes(gate.feedback())))
                .bind("took", Bound.number(gate.took().toNanos()));
        insert(OutputColumns.bind(insert, gate.output()), "gate result " + gates + " of this step");
    }

    @Override
    public void addCheckpoint(CheckpointRecord checkpoint) {
        Update insert = update("""
                        INSERT INTO ralph.checkpoints (run_id, number, iteration, ref_name, commit_id, made_at)
                        VALUES (:run, :number, :iteration, :ref, :commit, :at)""")
                .bind("number", Bound.number(checkpoint.number()))
                .bind("iteration", Bound.number(checkpoint.iteration()))
                .bind("ref", Bound.text(checkpoint.ref()))
                .bind("commit", Bound.text(checkpoint.commit()))
                .bind("at", Bound.time(checkpoint.at()));
        insert(insert, "checkpoint " + checkpoint.number());
    }

    private Update update(String sql) {
        return handle.createUpdate(sql).bind("run", Bound.id(run.value()));
    }

    private static Update bound(Update statement, AttemptRecord attempt) {
        Usage usage = attempt.usage();
        return OutputColumns.bind(statement, attempt.output())
                .bind("iteration", Bound.number(attempt.iteration()))
                .bind("attempt", Bound.number(attempt.attempt()))
                .bind("agent", Bound.text(attempt.agent()))
                .bind("status", Bound.name(attempt.status()))
                .bind("startedAt", Bound.time(attempt.startedAt()))
                .bind("endedAt", Bound.time(attempt.endedAt()))
                .bind("failure", Bound.name(attempt.failure()))
                .bind("message", Bound.text(attempt.message()))
                .bind("reservedTokens", Bound.number(attempt.reserved().tokens()))
                .bind("reservedCost", Bound.amount(attempt.reserved().cost()))
                .bind("input", usage == null ? Bound.noNumber() : Bound.number(usage.input()))
                .bind("output", usage == null ? Bound.noNumber() : Bound.number(usage.output()))
                .bind("cacheRead", usage == null ? Bound.noNumber() : Bound.number(usage.cacheRead()))
                .bind("cacheWrite", usage == null ? Bound.noNumber() : Bound.number(usage.cacheWrite()))
                .bind("cost", Bound.amount(attempt.cost().amount()))
                .bind("costKind", Bound.name(attempt.cost().kind()));
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
