/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.WorkspaceProvider;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import dev.ralph.workspace.GitRemote;
import dev.ralph.workspace.GitWorkspaceProvider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One node's clones of git remotes, with the troubles that a test wants. Thread-safe. */
final class FaultyWorkspaces implements WorkspaceProvider {

    private static final String TYPE = "faulty";

    private final WorkspaceProvider clones = new GitWorkspaceProvider();
    private final Queue<RuntimeException> atNext = new ConcurrentLinkedQueue<>();
    private volatile @Nullable RuntimeException always;
    private volatile @Nullable RuntimeException atOpening;
    private volatile Runnable atDiscard = () -> {};

    /** A clone of a remote. */
    static WorkspaceRef of(String remote) {
        return new WorkspaceRef(TYPE, GitRemote.of(remote).ref().settings());
    }

    /** From now on nothing is fetched or published. */
    FaultyWorkspaces fails(RuntimeException problem) {
        always = problem;
        return this;
    }

    void heal() {
        always = null;
    }

    /** The next time one is to be made ready, or the time after those, it is not. */
    FaultyWorkspaces failsOnce(RuntimeException problem) {
        atNext.add(problem);
        return this;
    }

    /** What was made ready cannot be opened. */
    FaultyWorkspaces failsToOpen(RuntimeException problem) {
        atOpening = problem;
        return this;
    }

    /** Called before a copy is deleted. */
    FaultyWorkspaces atDiscard(Runnable call) {
        atDiscard = call;
        return this;
    }

    @Override
    public String id() {
        return TYPE;
    }

    @Override
    public WorkspaceSource create(ProviderContext context) {
        return new Source(clones.create(context));
    }

    private static void fail(@Nullable RuntimeException problem) {
        if (problem != null) {
            throw problem;
        }
    }

    private static WorkspaceRef git(WorkspaceRef ref) {
        return new WorkspaceRef(GitRemote.TYPE, ref.settings());
    }

    private static WorkspaceRequest git(WorkspaceRequest request) {
        return new WorkspaceRequest(request.run(), git(request.ref()), request.place(), request.last());
    }

    private final class Source implements WorkspaceSource {

        private final WorkspaceSource source;

        Source(WorkspaceSource source) {
            this.source = source;
        }

        @Override
        public Optional<Path> check(WorkspaceRef ref) throws InterruptedException {
            return source.check(git(ref));
        }

        @Override
        public String key(RunId run, WorkspaceRef ref) {
            return source.key(run, git(ref));
        }

        @Override
        public boolean moves() {
            return true;
        }

        @Override
        public boolean has(WorkspaceRequest request) {
            return source.has(git(request));
        }

        @Override
        public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
            fail(atNext.poll());
            fail(always);
            return new Prepared(source.prepare(git(request)));
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private final class Prepared implements PreparedWorkspace {

        private final PreparedWorkspace prepared;

        Prepared(PreparedWorkspace prepared) {
            this.prepared = prepared;
        }

        @Override
        public Path directory() {
            fail(atOpening);
            return prepared.directory();
        }

        @Override
        public Optional<String> place() {
            return prepared.place();
        }

        @Override
        public void publish(String ref, String commit) throws InterruptedException {
            fail(always);
            prepared.publish(ref, commit);
        }

        @Override
        public void discard() {
            atDiscard.run();
            prepared.discard();
        }

        @Override
        public void close() {
            prepared.close();
        }
    }
}
