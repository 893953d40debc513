/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A store whose writes say what became out of date, once they are committed; what may have been committed though the call
 * failed counts as committed. Reads are the store's own: this is what runs are worked on with.
 */
class AnnouncingStore extends ForwardingStore {

    private final StoreCaches caches;

    AnnouncingStore(Store store, StoreCaches caches) {
        super(store);
        this.caches = caches;
    }

    @Override
    public Creation create(NewRun run) {
        boolean found = false;
        try {
            Creation creation = super.create(run);
            found = !creation.created();
            if (found) {
                caches.found(creation.run().snapshot().id(), run.taskId());
            }
            return creation;
        } finally {
            if (!found) {
                caches.created(run.id(), run.taskId());
            }
        }
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        boolean told = false;
        try {
            Claim claim = super.claim(run, owner, ttl, stateVersions);
            if (claim instanceof Claim.Granted granted) {
                caches.changed(run, StoreCaches.version(granted.run()));
            }
            told = true;
            return claim;
        } finally {
            if (!told) {
                caches.changed(run);
            }
        }
    }

    @Override
    public void release(Lease lease) {
        try {
            super.release(lease);
        } finally {
            caches.changed(lease.run());
        }
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        boolean told = false;
        try {
            StepResult result = super.commit(lease, step);
            if (result instanceof StepResult.Committed committed) {
                caches.changed(lease.run(), StoreCaches.version(committed.version(), lease.epoch()));
                handedBack(step);
            }
            told = true;
            return result;
        } catch (LeaseLostException e) {
            // Nothing was written here, but by somebody else.
            told = true;
            caches.advanced(lease.run());
            throw e;
        } finally {
            if (!told) {
                caches.changed(lease.run());
                handedBack(step);
            }
        }
    }

    private void handedBack(Step step) {
        if (step.release()) {
            caches.listsChanged();
        }
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
        try {
            return super.append(run, id, command, audit);
        } finally {
            caches.changed(run);
        }
    }

    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        try {
            return super.erase(subject, audit);
        } finally {
            caches.everythingChanged();
        }
    }

    @Override
    public int purge(Instant endedBefore) {
        try {
            return super.purge(endedBefore);
        } finally {
            caches.everythingChanged();
        }
    }
}
