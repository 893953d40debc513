/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.health.HealthSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The state of record of every run. Thread-safe; every method may block, throws
 * {@link dev.ralph.StoreUnavailableException} when the store cannot be reached, and {@link dev.ralph.StoreException} when
 * repeating the call cannot help. Every method may be repeated after such a failure: creation, steps and commands recognise
 * themselves.
 *
 * <p>The transactions behind it (which rows each step touches, in which order, and what a crash before and after leaves)
 * are the table of ADR 0004. What reads of a run nobody knows answer is empty. Payloads come back byte for byte. Texts
 * come back as they were given, or are refused with {@link dev.ralph.InvalidValueException} before anything is written,
 * if the store cannot hold them. Entries of the audit trail come with what they tell of and are committed in the same
 * transaction, once, or not at all; a store without a trail leaves them out. The contract kit in {@code ralph-tck} tests all
 * of this.
 */
public interface Store extends HealthSource, AutoCloseable {

    /**
     * Stores a new run together with its entry in the queue, if the store has one.
     *
     * @return the run that is stored now: the new one, or the one that has its id already, or else its task id
     */
    Creation create(NewRun run);

    Optional<StoredRun> find(RunId run);

    Optional<StoredRun> findByTask(String taskId);

    /**
     * Lists runs newest first: by the time they were submitted, then by id.
     *
     * @throws dev.ralph.InvalidValueException if the cursor is not one this store made
     */
    Page<RunSnapshot> list(RunQuery query);

    /**
     * Adds up what attempts used: one row for each day, agent and label value the query asks to tell apart, by day, agent
     * and label, rows without a label last. Without attempts there are no rows.
     *
     * @throws dev.ralph.StoreException if this store adds nothing up, as by default
     */
    default List<CostSum> costs(CostQuery query) {
        throw new StoreException("this store adds up no costs; use one that does, such as the JDBC store");
    }

    /**
     * Takes the run if nobody holds it and it has not ended, whatever it waits for, or if it was told to go on after it was
     * dead-lettered: by a {@link Command.Retry} that is not consumed, and by no other command. Makes a new token and the next
     * epoch; changes nothing else but the count of lapses. Who holds it already does not get it twice.
     *
     * @param owner the node
     * @param ttl how long the lease holds by the store's clock unless renewed, longer than zero
     * @param stateVersions the versions of state this node can read
     */
    Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions);

    /**
     * Makes leases hold for {@code ttl} from now, by the store's clock, in one statement.
     *
     * @return those renewed; of one that is missing, {@link #lost} tells what became of it
     */
    Set<Lease> renew(Collection<Lease> leases, Duration ttl);

    /**
     * Which of the leases that {@link #renew} did not return are lost for good, even if nobody else has taken them yet. The
     * others could not be renewed without waiting for a step that is being written, which would have held up all of them:
     * they keep their old end, and are tried again soon. A store that waits has no others, as by default.
     */
    default Set<Lease> lost(Collection<Lease> notRenewed) {
        return Set.copyOf(notRenewed);
    }

    /**
     * Gives the run back without a step. Without effect if the lease is lost already or has run out.
     */
    void release(Lease lease);

    /**
     * Commits one step. In this order: the run's row by token and version, budgets by name, records, events. Whatever is
     * thrown, nothing of the step was written.
     *
     * <p>If the row has the next version already, under this very token, the step was committed by an earlier call and
     * the answer is that version. This holds after the lease was given back or ran out too, until somebody else claims
     * the run: then the answer is {@link dev.ralph.LeaseLostException}, as for any step that comes too late.
     *
     * @throws dev.ralph.LeaseLostException if the token is not the row's, or the lease was given back or has run out
     * @throws dev.ralph.InvalidValueException if a budget is not defined, or a text cannot be stored
     * @throws dev.ralph.StoreException if the step does not fit what is stored, which is a bug of the caller: another
     *     version than expected under the right token, a record whose key is there already, an attempt settled that is
     *     not in flight, events that do not follow the last one, commands consumed that are not there. Also if the store
     *     cannot be reached; then alone repeating helps
     */
    StepResult commit(Lease lease, Step step);

    /**
     * Notes what the attempt in flight has used so far, so that a crash does not lose it. Cumulative: what is noted is
     * {@link UsageReport#highest} of all reports, so lower and unknown figures change nothing. Makes no new version. A
     * report on an attempt that is not in flight comes too late and changes nothing.
     *
     * @throws dev.ralph.LeaseLostException as {@link #commit}
     */
    void reportUsage(Lease lease, int iteration, int attempt, UsageReport report);

    /** What {@link #reportUsage} noted for an attempt in flight; empty if no figure is known, or once it is settled. */
    Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt);

    /** Appends a command that the audit trail is not told of. */
    default long append(RunId run, UUID id, Command command) {
        return append(run, id, command, List.of());
    }

    /**
     * Appends a command.
     *
     * @param id the caller's, so that a repeated call appends once: it returns the number again, even if the run has ended
     *     meanwhile
     * @param audit entries of the audit trail that are committed with it, by the call that appends it
     * @return its number
     * @throws dev.ralph.RunNotFoundException if there is no such run
     * @throws dev.ralph.RunStateException if the run has ended, or, for {@link Command.Retry}, if it was not dead-lettered
     */
    long append(RunId run, UUID id, Command command, List<AuditEntry> audit);

    /** Commands after {@code number}, in order. */
    List<StoredCommand> commands(RunId run, long number);

    /** Events after {@code seq}, in order, at most {@code max}, which is 1 or more. */
    List<StoredEvent> events(RunId run, long seq, int max);

    /** Recorded iterations after {@code iteration}, in order, at most {@code max}, which is 1 or more. */
    List<IterationRecord> iterations(RunId run, int iteration, int max);

    /** The attempts of one iteration, in order. */
    List<AttemptRecord> attempts(RunId run, int iteration);

    /** Every gate result, by iteration and then in the order they were added. */
    List<GateRecord> gates(RunId run);

    /** Every checkpoint, by number. */
    List<CheckpointRecord> checkpoints(RunId run);

    /** Defines a budget without telling the audit trail. */
    default void defineBudget(BudgetLimit limit) {
        defineBudget(limit, List.of());
    }

    /**
     * Creates a shared budget or changes its limits; what is consumed and set aside stays.
     *
     * @param audit entries of the audit trail that are committed with it
     */
    void defineBudget(BudgetLimit limit, List<AuditEntry> audit);

    Optional<BudgetStatus> budget(String name);

    /**
     * How many runs could be worked on now and are not, of all nodes: those that have not ended and are not paused, that
     * nobody holds, and whose delay or wait is over. Counts them by the store's clock; meant to be asked every few seconds.
     *
     * @return empty if this store does not count them, as by default
     */
    default Optional<QueueStatus> queue() {
        return Optional.empty();
    }

    /**
     * Tells {@code listener} of changes, made here or by another node as far as the store learns of them. A store that
     * cannot know of changes elsewhere says so by {@link #seesRemoteChanges}. It is told once the change can be read, and
     * may be told of a change that was not one. A listener that throws harms neither the change nor other listeners.
     *
     * @return closing it ends the subscription
     */
    AutoCloseable listen(StoreListener listener);

    /**
     * Whether {@link #listen} tells of changes made by other nodes at present; as long as it does not, this node polls. When
     * the answer changes, listeners are told that they may have {@linkplain StoreListener#missed missed} something. Even a
     * store that says so may now and then not learn of one, such as the last of a node that died.
     */
    boolean seesRemoteChanges();

    /** The audit trail of this store; empty if it keeps none, as by default. */
    default Optional<AuditLog> audit() {
        return Optional.empty();
    }

    /**
     * Seals content that is kept elsewhere, with the keys of its run; empty if this store seals nothing, as by default. A store
     * that wraps another one passes this on: without it, full outputs would be kept in clear, and an orchestrator that has an
     * {@code ENCRYPTION_KEY} refuses to start.
     */
    default Optional<ContentSeal> contentSeal() {
        return Optional.empty();
    }

    /**
     * Erases what this store keeps of a subject's runs, as far as it may say anything of the subject: prompts, output,
     * guidance, events, labels, task ids, details; with keys, the subject's keys first. What stays is that there was a run, how
     * it ended and what it cost: it is listed without its subject, and {@link #find} finds it no more. Calling it again erases
     * what has come since.
     *
     * @param audit entries of the audit trail that are committed with it
     * @return how many runs were erased
     * @throws dev.ralph.RunStateException if a run of the subject has not ended, is held by a node, or has a {@link
     *     Command.Retry} that no step has consumed; nothing was erased, unless the run came in meanwhile, which the message says
     * @throws dev.ralph.StoreException if this store cannot erase, as by default
     */
    default int erase(String subject, List<AuditEntry> audit) {
        throw new StoreException(
                "this store cannot erase; use one that does, such as the JDBC store with ENCRYPTION_KEY");
    }

    /**
     * Removes runs that ended before a moment, with all that this store keeps of them, but none with a {@link Command.Retry}
     * that no step has consumed. Their share of shared budgets stays
     * consumed, and the audit trail is left as it is. A call that failed may be repeated.
     *
     * @return how many there were
     * @throws dev.ralph.StoreException if this store cannot purge, as by default
     */
    default int purge(Instant endedBefore) {
        throw new StoreException("this store cannot purge; use one that does, such as the JDBC store");
    }

    /**
     * What a plug-in made for this very store asks it for. A store that wraps another one passes the question on.
     *
     * @return empty if neither this store nor what it wraps is one
     */
    default <T> Optional<T> unwrap(Class<T> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /** Frees what the store holds; every later call throws {@link dev.ralph.StoreException}. Closing twice is allowed. */
    @Override
    void close();
}
