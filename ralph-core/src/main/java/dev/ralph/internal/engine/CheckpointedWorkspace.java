/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.CheckpointPolicy;
import dev.ralph.CheckpointRecord;
import dev.ralph.RollbackReport;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.internal.worker.WorkspaceSessions;
import dev.ralph.internal.workspace.Checkpoint;
import dev.ralph.internal.workspace.CheckpointDiff;
import dev.ralph.internal.workspace.CheckpointRequest;
import dev.ralph.internal.workspace.GitWorkspace;
import dev.ralph.internal.workspace.LockHolder;
import dev.ralph.internal.workspace.RollbackResult;
import dev.ralph.internal.workspace.WorkspaceLock;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a host does with the checkpoints of a run nobody works on. */
final class CheckpointedWorkspace {

    private static final Duration TIDYING = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final RunSnapshot now;
    private final WorkspaceRequest request;
    private final List<CheckpointRecord> checkpoints;
    private final WorkspaceSessions workspaces;

    CheckpointedWorkspace(
            RunSnapshot now,
            WorkspaceRequest request,
            List<CheckpointRecord> checkpoints,
            WorkspaceSessions workspaces) {
        this.now = now;
        this.request = request;
        this.checkpoints = checkpoints;
        this.workspaces = workspaces;
    }

    static CheckpointedWorkspace of(StoredRun stored, WorkerServices services) {
        RunId run = stored.snapshot().id();
        LoopState state = services.codec().state(stored.state());
        WorkspaceRequest request = new WorkspaceRequest(
                run,
                services.codec().spec(stored.spec()).workspace(),
                state.whereabouts().place(),
                state.checkpoints().last());
        return new CheckpointedWorkspace(
                stored.snapshot(), request, services.store().checkpoints(run), services.workspaces());
    }

    RollbackReport rollback(int number) {
        if (now.status() != RunStatus.PAUSED && !now.status().isFinal()) {
            throw new RunStateException(
                    "run " + now.id() + " is " + now.status() + "; pause or cancel it before rolling back");
        }
        CheckpointRecord target = checkpoint(number);
        if (source().moves()) {
            throw new WorkspaceException(
                    WorkspaceException.Problem.IN_USE,
                    "the workspace of run " + now.id() + " moves between nodes, so there is none to restore a state in;"
                            + " fetch " + target.ref() + " (" + target.commit() + ") from its remote into a working"
                            + " tree of your own");
        }
        RollbackResult result = inGit(git -> {
            WorkspaceLock.Attempt attempt = git.tryLock(LockHolder.thisProcess(now.id(), Instant.now()));
            if (!(attempt instanceof WorkspaceLock.Acquired acquired)) {
                throw new WorkspaceException(
                        WorkspaceException.Problem.IN_USE, ((WorkspaceLock.Busy) attempt).message());
            }
            try {
                return git.rollback(
                        target.commit(),
                        new CheckpointRequest(
                                now.id(),
                                UUID.randomUUID().toString(),
                                number,
                                now.progress().iterations(),
                                Checkpoint.Kind.SAFETY));
            } finally {
                acquired.lock().close();
            }
        });
        return new RollbackReport(number, result.safety().checkpoint().commit(), result.changedFiles(), result.kept());
    }

    /** Deletes the hidden refs; what they hold goes with git's next collection of garbage. */
    int delete() {
        requireEnded();
        return source().moves() ? withdraw().size() : inGit(git -> git.deleteCheckpoints(now.id()));
    }

    private void requireEnded() {
        if (!now.status().isFinal()) {
            throw new RunStateException(
                    "run " + now.id() + " is " + now.status() + "; its checkpoints can be deleted once it has ended");
        }
    }

    private Set<String> withdraw() {
        return uninterrupted(() -> source().withdraw(request));
    }

    /** What came of deleting: how many there were here, and how many of those that are recorded there were not. */
    record Deletion(int deleted, int missing) {}

    /** Deletes as {@link #delete}, and looks whether all that are recorded were here. */
    Deletion deleteRecorded() {
        Set<String> recorded =
                checkpoints.stream().map(CheckpointRecord::ref).collect(Collectors.toCollection(HashSet::new));
        if (source().moves()) {
            requireEnded();
            Set<String> deleted = withdraw();
            deleted.forEach(recorded::remove);
            return new Deletion(deleted.size(), recorded.size());
        }
        inGit(git -> git.checkpoints(now.id())).forEach(checkpoint -> recorded.remove(checkpoint.reference()));
        return new Deletion(delete(), recorded.size());
    }

    /** Whether the workspace is one that nodes make for themselves. */
    boolean moves() {
        return source().moves();
    }

    /** Whether this node has what it made. */
    boolean isHere() {
        return source().has(request);
    }

    /** Whether there may be checkpoints: recorded ones, or, after a crash, one that is not. */
    boolean mayHaveCheckpoints(CheckpointPolicy policy) {
        return !checkpoints.isEmpty() || (policy.every() > 0 && now.startedAt() != null);
    }

    boolean hasIterations() {
        return now.progress().iterations() > 0;
    }

    boolean hasRecorded() {
        return !checkpoints.isEmpty();
    }

    String diff(int from, int to, int maxChars) {
        CheckpointRecord earlier = checkpoint(from);
        CheckpointRecord later = checkpoint(to);
        CheckpointDiff diff = inGit(git -> git.diff(earlier.commit(), later.commit(), maxChars));
        return diff.cut() ? diff.text() + "\n[… cut]" : diff.text();
    }

    private CheckpointRecord checkpoint(int number) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.number() == number)
                .findFirst()
                .orElseThrow(() -> new WorkspaceException(
                        WorkspaceException.Problem.UNKNOWN_CHECKPOINT,
                        "run " + now.id() + " has no checkpoint " + number
                                + (checkpoints.isEmpty()
                                        ? "; it has none at all"
                                        : "; it has " + checkpoints.get(0).number() + " to "
                                                + checkpoints
                                                        .get(checkpoints.size() - 1)
                                                        .number())));
    }

    private interface GitWork<T> {
        T run(GitWorkspace git) throws InterruptedException;
    }

    private WorkspaceSource source() {
        return workspaces.sources().of(request.ref());
    }

    private <T> T inGit(GitWork<T> work) {
        return uninterrupted(() -> workspaces.look(request, workspace -> {
            if (workspace instanceof GitWorkspace git) {
                return work.run(git);
            }
            throw new WorkspaceException(
                    WorkspaceException.Problem.NOT_A_REPOSITORY,
                    "the workspace " + workspace.directory() + " is not in a git repository and has no checkpoints");
        }));
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private <T> T uninterrupted(Work<T> work) {
        try {
            return onceTidiedUp(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkspaceException(
                    WorkspaceException.Problem.IO, "interrupted while git worked; it can be repeated", e);
        }
    }

    /** A run is at its end for everybody a moment before its node has put its workspace away. */
    private <T> T onceTidiedUp(Work<T> work) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return work.run();
            } catch (WorkspaceException e) {
                boolean late = System.nanoTime() - begin > TIDYING.toNanos();
                if (e.problem() != WorkspaceException.Problem.IN_USE
                        || !now.status().isFinal()
                        || late) {
                    throw e;
                }
                Thread.sleep(LOOK_AGAIN.toMillis());
            }
        }
    }
}
