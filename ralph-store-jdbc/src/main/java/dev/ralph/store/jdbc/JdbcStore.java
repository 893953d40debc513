/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.ContentUnreadableException;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.health.HealthProbe;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueueStatus;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A store in PostgreSQL, which any number of nodes share, or in H2, for one process or for several of one host. Which tables
 * there are and what each call costs is told in ADR 0012.
 *
 * <p>Thread-safe. Every call blocks for the time of a few statements: each has a time-out, and so has the wait for a
 * connection. An interrupt does not end a call; the thread is still interrupted after it. Times are cut to microseconds.
 */
public final class JdbcStore implements Store {

    private final String name;
    private final JdbcParts parts;
    private final Subscriptions subscriptions;
    private final @Nullable PeerChanges peers;
    private final Set<Path> folders;

    /**
     * Over parts that are ready.
     *
     * @param name of the database, for people; without a password
     * @param peers tells listeners of what other processes do to a shared file; null if there is none
     * @param folders of this host it writes to
     */
    JdbcStore(String name, JdbcParts parts, @Nullable PeerChanges peers, Set<Path> folders) {
        this.name = name;
        this.parts = parts;
        this.subscriptions = parts.subscriptions();
        this.peers = peers;
        this.folders = Set.copyOf(folders);
    }

    /** A store over the database that is named to the builder. */
    public static JdbcStoreBuilder builder() {
        return new JdbcStoreBuilder();
    }

    /**
     * Makes partitions for the months to come, removes runs past retention, a thousand at a time, drops months of the audit
     * trail past theirs, and seals what is in it. Wraps data keys with the first of the {@link EncryptionKeys}, and encrypts
     * content from before there were keys. To be called every day or so by one node or by all, unless the store does so
     * by itself ({@link JdbcStoreBuilder#maintenance}); calling it again goes on where it stopped. Opening a store makes the
     * partitions of three months, so a node that is opened more often than that and keeps everything needs it not.
     *
     * @throws dev.ralph.StoreUnavailableException as every call
     */
    public MaintenanceReport maintain() {
        AuditParts audit = parts.audit();
        return parts.encryption()
                .maintain(audit.retention()
                        .maintain(parts.retention().maintain())
                        .withSealed(audit.sealer().seal()));
    }

    /**
     * Lets the leases of a node end sooner, for a host that knows the node's process to be dead and need not wait for its
     * leases to run out. Whoever calls this vouches for it: a node that lives may lose its runs or renew its leases, and its
     * agents may be alive when the next owner's start. Calling it again is allowed.
     *
     * @param owner the node, as it claimed runs
     * @param left how long its leases hold from now on at most; longer than it takes until what the dead process started is
     *     dead too
     * @return how many leases end sooner now
     */
    public int shortenLeases(String owner, Duration left) {
        return parts.claims().shorten(owner, left);
    }

    @Override
    public Creation create(NewRun run) {
        Creations.require(run);
        Creation creation = sealed(run);
        if (creation.created()) {
            advanced(run.id());
            if (run.startDelay().isZero()) {
                queued();
            }
        }
        return creation;
    }

    /** With another key if the first one is gone by the time the run is written: another node erased its subject. */
    private Creation sealed(NewRun run) {
        ContentForm content = parts.content();
        for (int tries = 1; ; tries++) {
            DataKey key = content.keyFor(run);
            try {
                return content.clear(parts.creations().create(content.stored(run, key), key));
            } catch (KeyGoneException e) {
                if (tries == 2) {
                    throw new StoreUnavailableException("run " + run.id() + " was not stored: " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return parts.database().read(handle -> parts.rows().find(handle, run)).map(parts.content()::clear);
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return parts.database()
                .read(handle -> StorableText.canBeThere(taskId)
                        ? parts.rows().findByTask(handle, taskId)
                        : Optional.<StoredRun>empty())
                .map(parts.content()::clear);
    }

    /**
     * {@inheritDoc} From the read-only copy if the store has one; that may lag behind. Runs that a newer node gave a status
     * or reason this one has no name for are left out, with one warning in the log: a page may be short though more follow.
     */
    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return parts.content().clear(parts.listing().list(query));
    }

    /** {@inheritDoc} From the read-only copy if the store has one; that may lag behind. */
    @Override
    public List<CostSum> costs(CostQuery query) {
        return parts.costs().sums(query);
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        parts.encryption().beforeClaim(run);
        Claim claim = parts.claims().claim(run, owner, ttl, stateVersions);
        try {
            return parts.content().clear(claim);
        } catch (ContentUnreadableException e) {
            if (claim instanceof Claim.Granted granted) {
                release(granted.lease());
            }
            throw e;
        }
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
        return parts.renewals().renew(leases, ttl, subscriptions::commanded);
    }

    @Override
    public Set<Lease> lost(Collection<Lease> notRenewed) {
        return parts.renewals().lost(notRenewed);
    }

    @Override
    public void release(Lease lease) {
        parts.claims().release(lease);
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        StepTexts.require(step);
        DataKey key = parts.content().keyOf(lease.run());
        StepResult result = parts.steps().commit(lease, parts.content().stored(lease.run(), step, key), key);
        if (result instanceof StepResult.Committed && !step.events().isEmpty()) {
            advanced(lease.run());
        }
        return result;
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        parts.usageNotes().note(lease, iteration, attempt, report);
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return parts.usageNotes().noted(run, iteration, attempt);
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
        Commands.require(command);
        ContentForm content = parts.content();
        DataKey key = content.keyOf(run);
        long number = parts.commands().append(run, id, content.stored(run, command, key), key, content.stored(audit));
        subscriptions.commanded(run);
        if (parts.signals() != null) {
            parts.signals().commanded(run);
        }
        return number;
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        return parts.content().commands(run, parts.commands().after(run, number));
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        requirePositive(max);
        return parts.content().events(run, parts.events().after(run, seq, max));
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        requirePositive(max);
        return parts.content().iterations(run, parts.records().iterations(run, iteration, max));
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        return parts.content().attempts(run, parts.records().attempts(run, iteration));
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        return parts.content().gates(run, parts.records().gates(run));
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        return parts.records().checkpoints(run);
    }

    @Override
    public void defineBudget(BudgetLimit limit, List<AuditEntry> audit) {
        parts.budgets().define(limit, parts.content().stored(audit));
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return StorableText.canBeThere(name) ? parts.budgets().find(name) : Optional.empty();
    }

    /** {@inheritDoc} It does if {@link JdbcStoreBuilder#encryption} gave it a key. */
    @Override
    public Optional<ContentSeal> contentSeal() {
        return parts.content().seal();
    }

    /** {@inheritDoc} From the rows of runs, so that it tells of them under any dispatcher. */
    @Override
    public Optional<QueueStatus> queue() {
        return Optional.of(parts.dueRuns().status());
    }

    /**
     * {@inheritDoc} Nodes may read with a destroyed key for a minute. Back-ups from before have the subject's keys as long as
     * they are kept. In the audit trail, address and details of what the subject did itself go with its keys; what is there in
     * clear, from before there were keys or without any, stays.
     */
    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        StorableText.requireKey("subject", subject);
        return parts.erasures().erase(subject, parts.content().stored(audit), this::advanced);
    }

    /** {@inheritDoc} A thousand runs a transaction. */
    @Override
    public int purge(Instant endedBefore) {
        return Math.toIntExact(parts.retention().purge(endedBefore));
    }

    /** {@inheritDoc} Signed if {@link JdbcStoreBuilder#audit} gave it a key. */
    @Override
    public Optional<AuditLog> audit() {
        return Optional.of(parts.audit().log());
    }

    @Override
    public AutoCloseable listen(StoreListener listener) {
        if (parts.closed().get()) {
            throw new StoreException("this store is closed; open a new one");
        }
        AutoCloseable subscription = subscriptions.add(listener);
        if (parts.signals() != null) {
            parts.signals().start();
        }
        if (peers != null) {
            startPeers(peers, subscription);
        }
        return subscription;
    }

    /**
     * {@inheritDoc} It tells of its own changes at once; of others' if it is a shared H2 file, or has a connection for that and
     * hears what they tell.
     */
    @Override
    public boolean seesRemoteChanges() {
        return peers != null || (parts.signals() != null && parts.signals().hears());
    }

    /** {@inheritDoc} Whether the database answers and may be written, and whether the pool has connections left. */
    @Override
    public List<HealthProbe> healthProbes() {
        return List.of(new DatabaseProbe(parts.database(), parts.dialect(), parts.work()));
    }

    /** {@inheritDoc} That of an H2 file. */
    @Override
    public Set<Path> diskFolders() {
        return folders;
    }

    /** {@inheritDoc} Closes the pools the store made, not a data source it was given. */
    @Override
    public void close() {
        subscriptions.clear();
        parts.queueBell().clear();
        if (parts.signals() != null) {
            // Before the store is closed: what was committed last is still to be told.
            parts.signals().close();
        }
        parts.close();
    }

    /** Where the runs are, for people: host and database, or the file; never a user or a password. */
    @Override
    public String toString() {
        return name;
    }

    JdbcParts parts() {
        return parts;
    }

    /** An entry of the queue may be due: nodes are told. */
    void queued() {
        if (parts.queue().isOpen()) {
            parts.queueBell().ring();
            if (parts.signals() != null) {
                parts.signals().queued();
            }
        }
    }

    private void advanced(RunId run) {
        subscriptions.advanced(run);
        if (parts.signals() != null) {
            parts.signals().advanced(run);
        }
    }

    private static void requirePositive(int max) {
        if (max < 1) {
            throw new InvalidValueException("max", max, "must be 1 or more");
        }
    }

    /** Whoever could not be heard for is not subscribed either. */
    private static void startPeers(PeerChanges peers, AutoCloseable subscription) {
        try {
            peers.start();
        } catch (RuntimeException e) {
            try {
                subscription.close();
            } catch (Exception ending) {
                e.addSuppressed(ending);
            }
            throw e;
        }
    }
}
