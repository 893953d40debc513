/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.internal.dispatch.LocalDispatcher;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** Dispatchers that get one thing wrong each. */
final class BrokenDispatchers {

    private BrokenDispatchers() {}

    static class Forwarding implements Dispatcher {

        private final LocalDispatcher real = new LocalDispatcher();

        @Override
        public void start(DispatchContext context) {
            real.start(context);
        }

        @Override
        public void submit(QueuedRun run) {
            real.submit(run);
        }

        @Override
        public void wake(QueuedRun run) {
            real.wake(run);
        }

        @Override
        public int queued() {
            return real.queued();
        }

        @Override
        public boolean drain(Duration timeout) throws InterruptedException {
            return real.drain(timeout);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    static final class QueuesAgain extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                @Override
                public void submit(QueuedRun run) {
                    wake(run);
                }
            };
        }
    }

    static final class TakesOneMore extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                @Override
                public void start(DispatchContext context) {
                    super.start(with(context, context.maxParallelRuns() + 1));
                }
            };
        }
    }

    static final class KnowsNoPriorities extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                @Override
                public void submit(QueuedRun run) {
                    super.submit(new QueuedRun(run.run(), run.workspace(), 0, run.delay()));
                }
            };
        }
    }

    static final class KnowsNoDelays extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                @Override
                public void submit(QueuedRun run) {
                    super.submit(new QueuedRun(run.run(), run.workspace(), run.priority(), Duration.ZERO));
                }
            };
        }
    }

    static final class KnowsNoWorkspaces extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                @Override
                public void submit(QueuedRun run) {
                    String own = "/" + run.run();
                    super.submit(new QueuedRun(run.run(), own, run.priority(), run.delay()));
                }
            };
        }
    }

    static final class DoesNotWait extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                @Override
                public boolean drain(Duration timeout) throws InterruptedException {
                    super.drain(Duration.ZERO);
                    return true;
                }
            };
        }
    }

    static final class EndsTheExecutor extends DispatcherContract {
        @Override
        protected Dispatcher open() {
            return new Forwarding() {
                private Runnable end = () -> {};

                @Override
                public void start(DispatchContext context) {
                    super.start(context);
                    end = () -> ((ExecutorService) context.executor()).shutdown();
                }

                @Override
                public void close() {
                    super.close();
                    end.run();
                }
            };
        }
    }

    private static DispatchContext with(DispatchContext context, int maxParallelRuns) {
        return new DispatchContext(
                context.worker(),
                context.store(),
                context.node(),
                maxParallelRuns,
                context.executor(),
                context.stateVersions(),
                context.leaseTtl());
    }
}
