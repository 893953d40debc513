/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.internal.workspace.Checkpoint;
import dev.ralph.internal.workspace.CheckpointRequest;
import dev.ralph.internal.workspace.CheckpointResult;
import dev.ralph.internal.workspace.Fingerprint;
import dev.ralph.internal.workspace.GitWorkspace;
import dev.ralph.internal.workspace.Workspace;
import dev.ralph.internal.workspace.WorkspaceLock;
import dev.ralph.log.LogText;
import dev.ralph.spi.Lease;
import dev.ralph.spi.PreparedWorkspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's hold on its workspace: from its first stint on this node until it ends, pauses or is handed back. */
final class WorkspaceSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceSession.class);

    private final Workspace workspace;
    private final PreparedWorkspace prepared;
    private final WorkspaceLock lock;

    WorkspaceSession(Workspace workspace, PreparedWorkspace prepared, WorkspaceLock lock) {
        this.workspace = workspace;
        this.prepared = prepared;
        this.lock = lock;
    }

    Workspace workspace() {
        return workspace;
    }

    Path directory() {
        return workspace.directory();
    }

    /** Where it stands, if it may move between nodes. */
    Optional<String> place() {
        return prepared.place();
    }

    /** Makes a checkpoint available to other nodes, where there are any that need it. */
    void publish(String reference, String commit) throws InterruptedException {
        prepared.publish(reference, commit);
    }

    boolean canCheckpoint() {
        return workspace instanceof GitWorkspace;
    }

    /** The state of the workspace, or null if it cannot be told completely. */
    @Nullable String fingerprint() throws InterruptedException {
        Fingerprint fingerprint = workspace.fingerprint();
        return fingerprint.incomplete().isPresent() ? null : fingerprint.value();
    }

    /** Makes the checkpoint of this number after the given iteration; 0 is the state before the first. */
    CheckpointResult checkpoint(Lease lease, int number, int iteration) throws InterruptedException {
        return git().checkpoint(request(lease, number, iteration, Checkpoint.Kind.ITERATION));
    }

    /** Restores the checkpoint of this number; what is there now is kept in a checkpoint of its own. */
    void restore(Lease lease, int number, int iteration, String commit) throws InterruptedException {
        git().rollback(commit, request(lease, number, iteration, Checkpoint.Kind.SAFETY));
    }

    private static CheckpointRequest request(Lease lease, int number, int iteration, Checkpoint.Kind kind) {
        return new CheckpointRequest(lease.run(), lease.token().toString(), number, iteration, kind);
    }

    private GitWorkspace git() {
        if (workspace instanceof GitWorkspace git) {
            return git;
        }
        throw new IllegalStateException(workspace + " cannot be checkpointed");
    }

    /** What is in it and in no checkpoint, for people. */
    List<String> unstored() throws InterruptedException {
        return workspace instanceof GitWorkspace git ? git.unstored() : List.of();
    }

    @Override
    public void close() {
        unlock();
        prepared.close();
    }

    /** Gives it back for good: this node's copy, if it is one, is deleted. */
    void discard() {
        unlock();
        prepared.discard();
    }

    /** Gives it back for good: this node's copy, if it is one, stays. */
    void keep() {
        unlock();
        prepared.keep();
    }

    private void unlock() {
        try {
            lock.close();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The lock of {} was not given back cleanly: {}",
                    LogText.line(workspace),
                    LogText.line(e.getMessage()));
        }
    }
}
