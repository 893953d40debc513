/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The state of record of every run. Thread-safe; every method may block, and throws {@link dev.ralph.StoreException} when
 * the store cannot be reached. Every method may be repeated after such a failure: creation, steps and commands recognise
 * themselves.
 *
 * <p>The transactions behind it (which rows each step touches, in which order, and what a crash before and after leaves)
 * are the table of ADR 0004.
 */
public interface Store extends AutoCloseable {

    /**
     * Stores a new run together with its entry in the queue, if the store has one.
     *
     * @return the run that is stored now: the new one, or the one that has its id or task id already
     */
    Creation create(NewRun run);

    Optional<StoredRun> find(RunId run);

    Optional<StoredRun> findByTask(String taskId);

    /**
     * Lists runs newest first.
     *
     * @throws dev.ralph.InvalidValueException if the cursor is not one this store made
     */
    Page<RunSnapshot> list(RunQuery query);

    /**
     * Takes the run if nobody holds it and it has not ended. Makes a new token and the next epoch; changes nothing else.
     *
     * @param owner the node
     * @param ttl how long the lease holds by the store's clock unless renewed
     * @param stateVersions the versions of state this node can read
     */
    Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions);

    /**
     * Prolongs leases in one statement, by the store's clock.
     *
     * @return those still held; one that is missing is lost for good, even if nobody else has taken it yet
     */
    Set<Lease> renew(Collection<Lease> leases, Duration ttl);

    /**
     * Gives the run back without a step. Without effect if the lease is lost already.
     */
    void release(Lease lease);

    /**
     * Commits one step. In this order: the run's row by token and version, budgets by name, records, events. If the row
     * has the next version already, under this very token, the step was committed by an earlier call.
     *
     * @throws dev.ralph.LeaseLostException if the token is not the row's, or the lease has run out; nothing was written
     */
    StepResult commit(Lease lease, Step step);

    /**
     * Notes what the attempt in flight has used so far, so that a crash does not lose it. Cumulative; lower figures than
     * noted change nothing. Makes no new version.
     *
     * @throws dev.ralph.LeaseLostException as {@link #commit}
     */
    void reportUsage(Lease lease, int iteration, int attempt, UsageReport report);

    /** What was noted last by {@link #reportUsage} for an attempt in flight. */
    Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt);

    /**
     * Appends a command.
     *
     * @param id the caller's, so that a repeated call appends once
     * @return its number
     * @throws dev.ralph.RunNotFoundException if there is no such run
     * @throws dev.ralph.RunStateException if the run has ended
     */
    long append(RunId run, UUID id, Command command);

    /** Commands after {@code number}, in order. */
    List<StoredCommand> commands(RunId run, long number);

    /** Events after {@code seq}, in order, at most {@code max}. */
    List<StoredEvent> events(RunId run, long seq, int max);

    /** Recorded iterations after {@code iteration}, in order, at most {@code max}. */
    List<IterationRecord> iterations(RunId run, int iteration, int max);

    /** The attempts of one iteration, in order. */
    List<AttemptRecord> attempts(RunId run, int iteration);

    /** Every gate result, by iteration and then in the order they were added. */
    List<GateRecord> gates(RunId run);

    /** Every checkpoint, by number. */
    List<CheckpointRecord> checkpoints(RunId run);

    /** Creates a shared budget or changes its limits. */
    void defineBudget(BudgetLimit limit);

    Optional<BudgetStatus> budget(String name);

    /**
     * Tells {@code listener} of changes, made here or by another node as far as the store learns of them. A store that
     * cannot know of changes elsewhere says so by {@link #seesRemoteChanges}.
     *
     * @return closing it ends the subscription
     */
    AutoCloseable listen(StoreListener listener);

    /** Whether {@link #listen} tells of changes made by other nodes; if not, this node polls. */
    boolean seesRemoteChanges();

    @Override
    void close();
}
