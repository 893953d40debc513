/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A workspace in a git repository: the whole working tree or a directory in it.
 *
 * <p>Checkpoints are commits on hidden references {@code refs/ralph/<run>/<lease>/<number>}. Making one and rolling back
 * never touch the user's index, branches, {@code HEAD}, stash, reflogs, hooks or configuration, start no program that the
 * repository or the user configured, and sign nothing. A file is stored byte for byte as it is on disk, without line end
 * conversion. The files of repositories inside the workspace, submodules included, are stored like all others.
 *
 * <p>Out of checkpoints stay: what git ignores; untracked files whose names look like those of secrets, and tracked ones
 * that the current commit does not have; untracked files above the size limit; files behind a filter program. All but the
 * first are reported.
 */
public final class GitWorkspace implements Workspace {

    private final Repository repository;
    private final CheckpointRefs refs;

    GitWorkspace(Repository repository) {
        this.repository = repository;
        this.refs = new CheckpointRefs(repository);
    }

    @Override
    public Path directory() {
        return repository.workspace();
    }

    /**
     * {@inheritDoc}
     *
     * <p>It changes with the content of the workspace, with the current commit and with the branch: a commit is progress
     * even if the files are the same afterwards.
     */
    @Override
    public Fingerprint fingerprint() throws InterruptedException {
        try (SnapshotArea area = SnapshotArea.enter(repository)) {
            Snapshot snapshot = new SnapshotTaker(repository).take(area);
            area.keepIndex();
            return snapshot.fingerprint();
        }
    }

    /**
     * What is in the repository's working tree and would be in no checkpoint made now, nor in a commit: files that are left
     * out, and for a workspace in a sub-directory what changed outside of it. Ignored files do not count.
     *
     * @return paths relative to the top, for people, with the reason
     * @throws WorkspaceException if git fails
     * @throws InterruptedException if the thread was interrupted
     */
    public List<String> unstored() throws InterruptedException {
        try (SnapshotArea area = SnapshotArea.enter(repository)) {
            Snapshot snapshot = new SnapshotTaker(repository).take(area);
            List<String> unstored = new ArrayList<>();
            snapshot.leftOut().forEach(file -> unstored.add(file.describe()));
            unstored.addAll(new Surroundings(repository, area).changed(snapshot.head()));
            area.keepIndex();
            return unstored;
        }
    }

    /**
     * Stores the present state. If nothing changed since the run's last checkpoint, that one is returned. A crash at any
     * moment leaves the repository sound, with or without the checkpoint; calling again is right in both cases.
     *
     * @param request for what
     * @return the checkpoint and what it leaves out
     * @throws WorkspaceException if the workspace is lost or git fails
     * @throws InterruptedException if the thread was interrupted
     */
    public CheckpointResult checkpoint(CheckpointRequest request) throws InterruptedException {
        try (SnapshotArea area = SnapshotArea.enter(repository)) {
            Snapshot snapshot = new SnapshotTaker(repository).take(area);
            CheckpointResult result = new CheckpointMaker(repository, refs).make(area, snapshot, request);
            area.keepIndex();
            return result;
        }
    }

    /**
     * Restores the files of a checkpoint. Files changed since are reset, files added since are removed, files that no
     * checkpoint holds stay. The state before is stored first. The user's branch stays where it is: commits made since
     * remain on it, and {@code git status} shows the difference to them. After a crash in the middle, call again.
     *
     * @param commit the checkpoint's commit id
     * @param safety for what the state before is stored
     * @return what was done
     * @throws WorkspaceException if there is no such checkpoint of this workspace, or git fails
     * @throws InterruptedException if the thread was interrupted
     */
    public RollbackResult rollback(String commit, CheckpointRequest safety) throws InterruptedException {
        Checkpoint target = refs.read(commit);
        try (SnapshotArea area = SnapshotArea.enter(repository)) {
            Snapshot now = new SnapshotTaker(repository).take(area);
            CheckpointResult before = new CheckpointMaker(repository, refs).make(area, now, safety);
            Rollback.Done done = new Rollback(repository, area).restore(now, target);
            area.keepIndex();
            return new RollbackResult(target, before, done.changedFiles(), done.kept());
        }
    }

    /**
     * Puts {@code HEAD}, the branch and the index where they stood at a checkpoint, in a clone that was made for the run; the
     * working files stay as they are. May be called again.
     *
     * @param commit the checkpoint's commit id
     * @throws WorkspaceException if there is no such checkpoint of this workspace, or git fails
     * @throws InterruptedException if the thread was interrupted
     */
    public void standOn(String commit) throws InterruptedException {
        Checkpoint checkpoint = refs.read(commit);
        for (List<String> command : new Stand(checkpoint.head(), checkpoint.branch()).commands()) {
            repository.git(command).requireSuccess();
        }
    }

    /**
     * The checkpoints of a run, oldest first, under all its leases.
     *
     * @param run the run
     * @return the checkpoints; empty if there are none
     * @throws InterruptedException if the thread was interrupted
     */
    public List<Checkpoint> checkpoints(RunId run) throws InterruptedException {
        return refs.of(run);
    }

    /**
     * The difference of two checkpoints within the workspace.
     *
     * @param from a commit id
     * @param to a commit id
     * @param maxBytes how long the text may be
     * @return the difference
     * @throws WorkspaceException if one of them is no checkpoint of this workspace
     * @throws InterruptedException if the thread was interrupted
     */
    public CheckpointDiff diff(String from, String to, int maxBytes) throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("diff-tree", "-r", "-p", "-M", "--no-ext-diff", "--no-textconv", "--no-color"));
        arguments.add(refs.read(from).tree());
        arguments.add(refs.read(to).tree());
        arguments.addAll(repository.scope());
        try (SnapshotArea area = SnapshotArea.enter(repository)) {
            GitOutput output = area.gitLimited(arguments, maxBytes).requireSuccess();
            return new CheckpointDiff(String.join("\n", output.lines()), output.cut());
        }
    }

    /**
     * Deletes the checkpoints of a run, all or none. Deleting again does nothing.
     *
     * @param run the run
     * @return how many there were
     * @throws InterruptedException if the thread was interrupted
     */
    public int deleteCheckpoints(RunId run) throws InterruptedException {
        return refs.delete(run);
    }

    @Override
    public WorkspaceLock.Attempt tryLock(LockHolder holder) {
        repository.requirePresent();
        return WorkspaceLock.tryAcquire(repository.privateDirectory(), holder);
    }

    @Override
    public String toString() {
        return "GitWorkspace[" + repository.workspace() + "]";
    }
}
