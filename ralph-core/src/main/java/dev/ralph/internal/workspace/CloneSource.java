/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.WorkspaceRef;
import dev.ralph.log.LogText;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import dev.ralph.workspace.GitRemote;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workspaces that are clones of git remotes, one for each run, in a folder of this node. */
public final class CloneSource implements WorkspaceSource {

    private static final Logger LOG = LoggerFactory.getLogger(CloneSource.class);

    private final Path folder;
    private final Duration timeout;
    private final SecretSource secrets;
    private final SecretHosts hosts;
    private final Duration unusedFor;
    private final InstantSource clock;
    private final GitRunner git;

    /**
     * Makes a source; writes nothing before the first clone.
     *
     * @param folder where the clones are
     * @param timeout the longest that one transfer may take
     * @param unusedFor how long a clone stays that its run did not come back to
     * @param secretHosts which secret may be sent to which hosts, {@code NAME@host} separated by commas
     * @throws dev.ralph.ConfigurationException if that is not of this form
     */
    public CloneSource(Path folder, Duration timeout, Duration unusedFor, String secretHosts, ProviderContext context) {
        this(
                folder,
                timeout,
                unusedFor,
                context.secrets(),
                SecretHosts.parse(secretHosts),
                context.clock(),
                new ContainedGit(context.processes()));
    }

    CloneSource(
            Path folder,
            Duration timeout,
            Duration unusedFor,
            SecretSource secrets,
            SecretHosts hosts,
            InstantSource clock,
            GitRunner git) {
        this.folder = folder;
        this.timeout = timeout;
        this.unusedFor = unusedFor;
        this.secrets = secrets;
        this.hosts = hosts;
        this.clock = clock;
        this.git = git;
    }

    @Override
    public Optional<Path> check(WorkspaceRef ref) throws InterruptedException {
        GitRemote remote = GitRemote.of(ref);
        List<String> wanted = remote.branch() == null ? List.of() : List.of("refs/heads/" + remote.branch());
        RemoteGit.Listing listing = transfer(remote).list(PrivateFiles.makeDirectory(folder), wanted);
        String name = remote.branch() == null ? "HEAD" : wanted.get(0);
        if (!listing.ids().containsKey(name)) {
            throw new WorkspaceException(
                    Problem.UNKNOWN_REVISION,
                    "The remote " + remote.remote() + " has no "
                            + (remote.branch() == null ? "commit to begin from" : "branch '" + remote.branch() + "'")
                            + ". Push one, or name another.");
        }
        return Optional.empty();
    }

    @Override
    public String key(RunId run, WorkspaceRef ref) {
        return run.toString();
    }

    @Override
    public Set<Path> diskFolders() {
        return Set.of(folder);
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public boolean has(WorkspaceRequest request) {
        return clone(request).isAt(request.place());
    }

    @Override
    public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
        RunClone clone = clone(request);
        WorkspaceLock lock = lock(request.run());
        boolean ready = false;
        try {
            if (clone.isAt(request.place())) {
                clone.requireDirectory(true);
                clone.touch();
            } else {
                AbandonedClones.delete(folder, clock.instant(), unusedFor);
                LOG.info("Run {}: makes its clone in {}", request.run(), LogText.line(home(request.run())));
                clone.make(request);
            }
            PreparedWorkspace prepared = new Prepared(clone, clone.place(), lock);
            ready = true;
            return prepared;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
    }

    @Override
    public Set<String> withdraw(WorkspaceRequest request) throws InterruptedException {
        RunClone clone = clone(request);
        WorkspaceLock lock = lock(request.run());
        try {
            Set<String> withdrawn = withdraw(clone);
            clone.delete();
            return withdrawn;
        } finally {
            lock.close();
        }
    }

    /** What is on this node goes even if the remote cannot be reached, and what stays is named. */
    private static Set<String> withdraw(RunClone clone) throws InterruptedException {
        try {
            return clone.withdraw();
        } catch (RuntimeException unreached) {
            try {
                clone.delete();
            } catch (WorkspaceException left) {
                throw new WorkspaceException(Problem.IO, unreached.getMessage() + " " + left.getMessage(), unreached);
            }
            throw unreached;
        }
    }

    private WorkspaceLock lock(RunId run) {
        WorkspaceLock.Attempt attempt =
                WorkspaceLock.tryAcquire(home(run), LockHolder.thisProcess(run, clock.instant()));
        if (attempt instanceof WorkspaceLock.Acquired acquired) {
            return acquired.lock();
        }
        throw new WorkspaceException(Problem.IN_USE, ((WorkspaceLock.Busy) attempt).message());
    }

    private RunClone clone(WorkspaceRequest request) {
        GitRemote remote = GitRemote.of(request.ref());
        return new RunClone(request.run(), home(request.run()), remote, transfer(remote), git, timeout);
    }

    private RemoteGit transfer(GitRemote remote) {
        return new RemoteGit(remote, secrets, hosts, git, timeout);
    }

    private Path home(RunId run) {
        return folder.resolve(run.toString());
    }

    private static final class Prepared implements PreparedWorkspace {

        private final RunClone clone;
        private final String place;
        private final WorkspaceLock lock;

        Prepared(RunClone clone, String place, WorkspaceLock lock) {
            this.clone = clone;
            this.place = place;
            this.lock = lock;
        }

        @Override
        public Path directory() {
            return clone.directory();
        }

        @Override
        public Optional<String> place() {
            return Optional.of(place);
        }

        @Override
        public void publish(String ref, String commit) throws InterruptedException {
            clone.publish(ref, commit);
        }

        @Override
        public void discard() {
            // Under the lock, whose file goes with the rest: whoever finds no folder makes a new one.
            try {
                clone.delete();
            } finally {
                close();
            }
        }

        @Override
        public void keep() {
            try {
                clone.keep();
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            try {
                lock.close();
            } catch (WorkspaceException e) {
                LOG.warn(
                        "The lock of {} was not given back cleanly: {}",
                        LogText.line(clone.directory()),
                        LogText.line(e.getMessage()));
            }
        }
    }
}
