/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.CheckpointRecord;
import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.workspace.GitRunner;
import dev.ralph.internal.workspace.GitWorkspace;
import dev.ralph.internal.workspace.LockHolder;
import dev.ralph.internal.workspace.Workspace;
import dev.ralph.internal.workspace.WorkspaceLock;
import dev.ralph.internal.workspace.WorkspaceOptions;
import dev.ralph.log.LogText;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workspaces this node's runs hold. A run keeps its workspace through waits, so that no other run edits in between. */
public final class WorkspaceSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceSessions.class);
    private static final int UNSTORED_SHOWN = 20;

    private final WorkspaceSources sources;
    private final WorkspaceOptions options;
    private final GitRunner git;
    private final InstantSource clock;
    private final boolean distributed;
    private final Map<RunId, WorkspaceSession> sessions = new ConcurrentHashMap<>();

    /**
     * None is held yet.
     *
     * @param distributed whether other nodes may work what this one cannot
     */
    public WorkspaceSessions(
            WorkspaceSources sources,
            WorkspaceOptions options,
            GitRunner git,
            InstantSource clock,
            boolean distributed) {
        this.sources = sources;
        this.options = options;
        this.git = git;
        this.clock = clock;
        this.distributed = distributed;
    }

    /** Where workspaces come from. */
    public WorkspaceSources sources() {
        return sources;
    }

    /** Opens a directory without holding it, for looking at it and for checking it at submission. */
    public Workspace open(Path directory) throws InterruptedException {
        return Workspace.open(directory, options, git);
    }

    /** What came of asking for a workspace. */
    sealed interface Access {

        record Granted(WorkspaceSession session) implements Access {}

        /** It may be had later. */
        record InUse(String message) implements Access {}

        /** It cannot be reached, or made, now. */
        record Away(String message) implements Access {}
    }

    /** Holds the workspace for the run, if no other run does; again for a run that holds it already. */
    Access hold(WorkspaceRequest request) throws InterruptedException {
        WorkspaceSession held = sessions.get(request.run());
        if (held != null) {
            return new Access.Granted(held);
        }
        try {
            WorkspaceSource source = sources.of(request.ref());
            try {
                return lock(request, source.prepare(request));
            } catch (WorkspaceException e) {
                return later(source, e);
            }
        } catch (ConfigurationException | InvalidValueException e) {
            // What this node lacks (a provider, a secret) another may have, or this one tomorrow.
            return new Access.Away(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What moves is lost only if what it is made from is: a full disk here is no reason to end the run everywhere. Nor is a
     * directory that this node does not see, if others share the work: a mount that is missing here.
     */
    private Access later(WorkspaceSource source, WorkspaceException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.problem()) {
            case IN_USE -> new Access.InUse(message);
            case UNREACHABLE -> new Access.Away(message);
            case UNKNOWN_CHECKPOINT, UNKNOWN_REVISION -> throw e;
            case MISSING, NOT_WRITABLE, IO -> {
                if (source.moves() || distributed) {
                    yield new Access.Away(message);
                }
                throw e;
            }
            default -> {
                if (source.moves()) {
                    yield new Access.Away(message);
                }
                throw e;
            }
        };
    }

    private Access lock(WorkspaceRequest request, PreparedWorkspace prepared) throws InterruptedException {
        Access access = null;
        try {
            access = tryLock(request, prepared);
            return access;
        } finally {
            if (!(access instanceof Access.Granted)) {
                prepared.close();
            }
        }
    }

    private Access tryLock(WorkspaceRequest request, PreparedWorkspace prepared) throws InterruptedException {
        Workspace workspace = open(prepared);
        WorkspaceLock.Attempt attempt = workspace.tryLock(LockHolder.thisProcess(request.run(), clock.instant()));
        if (attempt instanceof WorkspaceLock.Acquired acquired) {
            WorkspaceSession session = new WorkspaceSession(workspace, prepared, acquired.lock());
            settle(request, prepared, workspace, acquired.lock());
            sessions.put(request.run(), session);
            return new Access.Granted(session);
        }
        return new Access.InUse(((WorkspaceLock.Busy) attempt).message());
    }

    /** A copy that is new to the run holds the files of its last checkpoint; the branch is to stand where it stood then. */
    private static void settle(
            WorkspaceRequest request, PreparedWorkspace prepared, Workspace workspace, WorkspaceLock lock)
            throws InterruptedException {
        CheckpointRecord last = request.last();
        if (!isNew(prepared, request) || last == null || !(workspace instanceof GitWorkspace git)) {
            return;
        }
        boolean stands = false;
        try {
            git.standOn(last.commit());
            stands = true;
        } finally {
            if (!stands) {
                lock.close();
            }
        }
    }

    private static boolean isNew(PreparedWorkspace prepared, WorkspaceRequest request) {
        return prepared.place().filter(place -> !place.equals(request.place())).isPresent();
    }

    /** What moves is checkpointed, whatever the host thinks of git elsewhere. */
    private Workspace open(PreparedWorkspace prepared) throws InterruptedException {
        return prepared.place().isEmpty()
                ? open(prepared.directory())
                : Workspace.open(prepared.directory(), options.thatMoves(), git);
    }

    /** Whether this node has the workspace where the run left it; not if it cannot even tell what kind that is. */
    boolean has(WorkspaceRequest request) {
        try {
            return sources.of(request.ref()).has(request);
        } catch (ConfigurationException | InvalidValueException e) {
            return false;
        }
    }

    /** Looks at a workspace without holding it. */
    @FunctionalInterface
    public interface Look<T> {
        T at(Workspace workspace) throws InterruptedException;
    }

    /** Looks at the workspace of a run, whoever works it; where it moves and is not here, at a copy made for that. */
    public <T> T look(WorkspaceRequest request, Look<T> look) throws InterruptedException {
        WorkspaceSession held = sessions.get(request.run());
        if (held != null) {
            return look.at(held.workspace());
        }
        PreparedWorkspace prepared = sources.of(request.ref()).prepare(request);
        try {
            return look.at(open(prepared));
        } finally {
            if (isNew(prepared, request)) {
                prepared.discard();
            } else {
                prepared.close();
            }
        }
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

    /**
     * Gives the workspace of a run up that has ended. A copy is deleted if all that is in it is stored elsewhere, too; else it
     * stays, and the log says where.
     *
     * @param published whether the edits of all iterations are published, where it is a copy
     */
    void end(WorkspaceRequest request, boolean published) throws InterruptedException {
        WorkspaceSource source = sources.of(request.ref());
        if (!sessions.containsKey(request.run()) && source.moves() && source.has(request)) {
            hold(request);
        }
        WorkspaceSession session = sessions.remove(request.run());
        if (session == null) {
            return;
        }
        if (session.place().isEmpty()) {
            if (published) {
                session.discard();
            } else {
                session.close();
            }
            return;
        }
        boolean nothingElse = false;
        try {
            nothingElse = published && !holdsMore(request.run(), session);
        } finally {
            if (nothingElse) {
                session.discard();
            } else {
                LOG.warn(
                        "Run {}: edits that are nowhere else are kept in {}",
                        request.run(),
                        LogText.line(session.directory()));
                session.keep();
            }
        }
    }

    private static boolean holdsMore(RunId run, WorkspaceSession session) throws InterruptedException {
        List<String> unstored = session.unstored();
        if (!unstored.isEmpty()) {
            LOG.warn(
                    "Run {}: in no checkpoint: {}{}",
                    run,
                    LogText.line(String.join(", ", unstored.subList(0, Math.min(unstored.size(), UNSTORED_SHOWN)))),
                    unstored.size() > UNSTORED_SHOWN ? " and " + (unstored.size() - UNSTORED_SHOWN) + " more" : "");
        }
        return !unstored.isEmpty();
    }

    @Override
    public void close() {
        sessions.keySet().forEach(this::release);
    }
}
