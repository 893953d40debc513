/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RunId;
import dev.ralph.internal.workspace.GitRunner;
import dev.ralph.internal.workspace.LockHolder;
import dev.ralph.internal.workspace.Workspace;
import dev.ralph.internal.workspace.WorkspaceLock;
import dev.ralph.internal.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The workspaces this node's runs hold. A run keeps its workspace through waits, so that no other run edits in between. */
public final class WorkspaceSessions implements AutoCloseable {

    private final WorkspaceOptions options;
    private final GitRunner git;
    private final InstantSource clock;
    private final Map<RunId, WorkspaceSession> sessions = new ConcurrentHashMap<>();

    public WorkspaceSessions(WorkspaceOptions options, GitRunner git, InstantSource clock) {
        this.options = options;
        this.git = git;
        this.clock = clock;
    }

    /** Opens a workspace without holding it, for looking at it and for checking it at submission. */
    public Workspace open(Path directory) throws InterruptedException {
        return Workspace.open(directory, options, git);
    }

    /** What came of asking for a workspace. */
    sealed interface Access {

        record Granted(WorkspaceSession session) implements Access {}

        record InUse(String message) implements Access {}
    }

    /** Holds the workspace for the run, if no other run does; again for a run that holds it already. */
    Access hold(RunId run, Path directory) throws InterruptedException {
        WorkspaceSession held = sessions.get(run);
        if (held != null) {
            return new Access.Granted(held);
        }
        Workspace workspace = open(directory);
        WorkspaceLock.Attempt attempt = workspace.tryLock(LockHolder.thisProcess(run, clock.instant()));
        if (attempt instanceof WorkspaceLock.Acquired acquired) {
            WorkspaceSession session = new WorkspaceSession(workspace, acquired.lock());
            sessions.put(run, session);
            return new Access.Granted(session);
        }
        return new Access.InUse(((WorkspaceLock.Busy) attempt).message());
    }

    Optional<WorkspaceSession> held(RunId run) {
        return Optional.ofNullable(sessions.get(run));
    }

    /** Gives the run's workspace back. */
    void release(RunId run) {
        WorkspaceSession session = sessions.remove(run);
        if (session != null) {
            session.close();
        }
    }

    @Override
    public void close() {
        sessions.keySet().forEach(this::release);
    }
}
