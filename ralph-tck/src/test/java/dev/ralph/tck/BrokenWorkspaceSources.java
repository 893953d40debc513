/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Sources of workspaces that get one thing wrong each, and the kit run on them. */
final class BrokenWorkspaceSources {

    private BrokenWorkspaceSources() {}

    /** Forwards to a source that gets everything right. */
    private static class Forwarding implements WorkspaceSource {

        final WorkspaceSource real;

        Forwarding(WorkspaceSource real) {
            this.real = real;
        }

        @Override
        public Optional<Path> check(WorkspaceRef ref) throws InterruptedException {
            return real.check(ref);
        }

        @Override
        public String key(RunId run, WorkspaceRef ref) {
            return real.key(run, ref);
        }

        @Override
        public boolean moves() {
            return real.moves();
        }

        @Override
        public boolean has(WorkspaceRequest request) {
            return real.has(request);
        }

        @Override
        public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
            return new ForwardingPrepared(real.prepare(request));
        }

        @Override
        public Set<String> withdraw(WorkspaceRequest request) throws InterruptedException {
            return real.withdraw(request);
        }
    }

    private static class ForwardingPrepared implements PreparedWorkspace {

        private final PreparedWorkspace real;

        ForwardingPrepared(PreparedWorkspace real) {
            this.real = real;
        }

        @Override
        public Path directory() {
            return real.directory();
        }

        @Override
        public Optional<String> place() {
            return real.place();
        }

        @Override
        public void publish(String ref, String commit) throws InterruptedException {
            real.publish(ref, commit);
        }

        @Override
        public void discard() {
            real.discard();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    static final class PublishesNothing extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
                    return new ForwardingPrepared(real.prepare(request)) {
                        @Override
                        public void publish(String ref, String commit) {
                            // Says that it did.
                        }
                    };
                }
            };
        }
    }

    static final class BeginsAnewEverywhere extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
                    return super.prepare(new WorkspaceRequest(request.run(), request.ref(), request.place(), null));
                }
            };
        }
    }

    static final class ForgetsWhereItWas extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
                    return super.prepare(new WorkspaceRequest(request.run(), request.ref(), null, request.last()));
                }
            };
        }
    }

    static final class SaysThatItHasEverything extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public boolean has(WorkspaceRequest request) {
                    return true;
                }
            };
        }
    }

    static final class TakesAllRunsForOne extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public String key(RunId run, WorkspaceRef ref) {
                    return "all";
                }
            };
        }
    }

    static final class KeepsItsCopies extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException {
                    return new ForwardingPrepared(real.prepare(request)) {
                        @Override
                        public void discard() {
                            close();
                        }
                    };
                }
            };
        }
    }

    static final class WithdrawsNothing extends GitWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public Set<String> withdraw(WorkspaceRequest request) {
                    return Set.of();
                }
            };
        }
    }

    static final class LetsRunsShareADirectory extends DirectoryWorkspaceContractTest {
        @Override
        protected WorkspaceSource open(String node) {
            return new Forwarding(super.open(node)) {
                @Override
                public String key(RunId run, WorkspaceRef ref) {
                    return run.toString();
                }
            };
        }
    }
}
