/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.ContentUnreadableException;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node's way to a store it shares: it can be cut off, lose answers, and hide what other nodes do. */
final class FaultyStore implements Store {

    private final Store store;
    private final Set<Object> answersLost = ConcurrentHashMap.newKeySet();
    private final Map<String, Runnable> reactions = new ConcurrentHashMap<>();
    private volatile boolean cutOff;
    private volatile boolean losesAnswers;
    private volatile boolean silent;
    private volatile boolean refuses;
    private volatile boolean hidesCommands;
    private volatile Duration claimDelay = Duration.ZERO;
    private volatile Consumer<Step> beforeStep = step -> {};
    private volatile Runnable afterClaim = () -> {};
    private volatile Consumer<Collection<Lease>> atRenewal = leases -> {};
    private final Set<RunId> unreadable = ConcurrentHashMap.newKeySet();
    private volatile long damagedEvent;
    private volatile Consumer<String> beforeErasing = subject -> {};
    private volatile Consumer<Instant> beforePurging = endedBefore -> {};
    private final List<StoreListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger eventReads = new AtomicInteger();

    private final @Nullable ContentSeal seal;

    FaultyStore(Store store) {
        this(store, null);
    }

    /** Of a store that seals with this; with null, as the store itself does. */
    FaultyStore(Store store, @Nullable ContentSeal seal) {
        this.store = store;
        this.seal = seal;
    }

    @Override
    public Optional<ContentSeal> contentSeal() {
        return Optional.ofNullable(seal).or(store::contentSeal);
    }

    /** From now on nothing reaches the store. */
    void cutOff() {
        cutOff = true;
    }

    void heal() {
        cutOff = false;
    }

    /** From now on each commit is answered only when it is repeated. */
    void loseAnswers() {
        losesAnswers = true;
    }

    /** The next step is refused, and would be however often it is repeated. */
    void refuseAStep() {
        refuses = true;
    }

    /** From now on a claim takes so long to reach the store. */
    void delayClaims(Duration delay) {
        claimDelay = delay;
    }

    /** Called with each step before it reaches the store. */
    void beforeStep(Consumer<Step> call) {
        beforeStep = call;
    }

    /** Called after each claim, before its answer is passed on. */
    void afterClaim(Runnable call) {
        afterClaim = call;
    }

    /** Called with the leases of each renewal before it reaches the store. */
    void atRenewal(Consumer<Collection<Lease>> call) {
        atRenewal = call;
    }

    /** From now on the content of a run cannot be opened, as if its key were lost; its row is still listed. */
    void loseKeyOf(RunId run) {
        unreadable.add(run);
    }

    /** From now on the one event of a run cannot be read. */
    void damageEvent(long seq) {
        damagedEvent = seq;
    }

    /** Called with each subject before it is erased. */
    void beforeErasing(Consumer<String> call) {
        beforeErasing = call;
    }

    /** Called with each moment before what ended by then is purged. */
    void beforePurging(Consumer<Instant> call) {
        beforePurging = call;
    }

    private void requireKeyOf(RunId run) {
        if (unreadable.contains(run)) {
            throw new ContentUnreadableException("the key of run " + run + " is not there");
        }
    }

    /** The next look for commands fails. */
    void failALookForCommands() {
        hidesCommands = true;
    }

    /** Once an event of this type is committed, something happens before the node hears of that. */
    void after(String eventType, Runnable something) {
        reactions.put(eventType, something);
    }

    /** From now on nobody is told of changes. */
    void beSilent() {
        silent = true;
    }

    /** From now on anything may have changed. */
    void tellThatSomethingWasMissed() {
        listeners.forEach(StoreListener::missed);
    }

    /** How often events were asked for. */
    int eventReads() {
        return eventReads.get();
    }

    private void react(StoredEvent event) {
        Runnable reaction = reactions.remove(event.type());
        if (reaction != null) {
            reaction.run();
        }
    }

    private Store reach() {
        if (cutOff) {
            throw new StoreUnavailableException("the store cannot be reached");
        }
        return store;
    }

    @Override
    public Creation create(NewRun run) {
        return reach().create(run);
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        requireKeyOf(run);
        return reach().find(run);
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return reach().findByTask(taskId);
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return reach().list(query);
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        LockSupport.parkNanos(claimDelay.toNanos());
        Claim claim = reach().claim(run, owner, ttl, stateVersions);
        afterClaim.run();
        return claim;
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
        atRenewal.accept(leases);
        return reach().renew(leases, ttl);
    }

    @Override
    public Set<Lease> lost(Collection<Lease> notRenewed) {
        return reach().lost(notRenewed);
    }

    @Override
    public void release(Lease lease) {
        reach().release(lease);
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        if (refuses) {
            refuses = false;
            throw new StoreException("the step is too long for the store");
        }
        beforeStep.accept(step);
        StepResult result = reach().commit(lease, step);
        if (result instanceof StepResult.Committed) {
            step.events().forEach(this::react);
        }
        Object id = lease.token() + "/" + step.expectedVersion();
        if (losesAnswers && result instanceof StepResult.Committed && answersLost.add(id)) {
            throw new StoreUnavailableException("the answer was lost");
        }
        return result;
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        reach().reportUsage(lease, iteration, attempt, report);
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return reach().reportedUsage(run, iteration, attempt);
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
        return reach().append(run, id, command, audit);
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        if (hidesCommands) {
            hidesCommands = false;
            throw new StoreUnavailableException("the store does not answer");
        }
        return reach().commands(run, number);
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        eventReads.incrementAndGet();
        requireKeyOf(run);
        if (seq < damagedEvent && damagedEvent <= seq + max) {
            throw new ContentUnreadableException("event " + damagedEvent + " is not what was sealed");
        }
        return reach().events(run, seq, max);
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        requireKeyOf(run);
        return reach().iterations(run, iteration, max);
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        requireKeyOf(run);
        return reach().attempts(run, iteration);
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        requireKeyOf(run);
        return reach().gates(run);
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        requireKeyOf(run);
        return reach().checkpoints(run);
    }

    @Override
    public void defineBudget(BudgetLimit limit, List<AuditEntry> audit) {
        reach().defineBudget(limit, audit);
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return reach().budget(name);
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return reach().costs(query);
    }

    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        beforeErasing.accept(subject);
        return reach().erase(subject, audit);
    }

    @Override
    public int purge(Instant endedBefore) {
        beforePurging.accept(endedBefore);
        return reach().purge(endedBefore);
    }

    @Override
    public Optional<AuditLog> audit() {
        return reach().audit();
    }

    @Override
    public AutoCloseable listen(StoreListener listener) {
        listeners.add(listener);
        return store.listen(new StoreListener() {
            @Override
            public void commanded(RunId run) {
                if (!silent) {
                    listener.commanded(run);
                }
            }

            @Override
            public void advanced(RunId run) {
                if (!silent) {
                    listener.advanced(run);
                }
            }

            @Override
            public void missed() {
                listener.missed();
            }
        });
    }

    @Override
    public boolean seesRemoteChanges() {
        return !silent && store.seesRemoteChanges();
    }

    /** The answers lost so far. */
    Set<Object> answersLost() {
        return new HashSet<>(answersLost);
    }

    @Override
    public void close() {
        store.close();
    }
}
