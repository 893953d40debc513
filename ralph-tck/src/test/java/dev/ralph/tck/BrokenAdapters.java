/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.FailureClass;
import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adapters that get one thing wrong each, and the kit run on them. */
final class BrokenAdapters {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenAdapters.class);

    private BrokenAdapters() {}

    private abstract static class Kit extends CommandAgentContractTest {

        AgentAdapter broken(AgentAdapter adapter) {
            return adapter;
        }

        @Override
        protected final AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
            return broken(super.adapterThat(behaviour));
        }

        /** What others are held to by default: an adapter that is slower must be found. */
        @Override
        protected final Duration slack() {
            return Duration.ofSeconds(1);
        }
    }

    /** Does what another adapter does. */
    private static class Forwarding implements AgentAdapter {

        private final AgentAdapter adapter;

        Forwarding(AgentAdapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public String id() {
            return adapter.id();
        }

        @Override
        public UsageReporting usageReporting() {
            return adapter.usageReporting();
        }

        @Override
        public AgentProbe probe() {
            return adapter.probe();
        }

        @Override
        public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
            return adapter.invoke(invocation, listener);
        }
    }

    static class ThrowsWhatItShouldReturn extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    AgentOutcome outcome = super.invoke(invocation, listener);
                    if (outcome instanceof AgentOutcome.Failed failed) {
                        throw new IllegalStateException(failed.message());
                    }
                    return outcome;
                }
            };
        }
    }

    static class SwallowsInterruptions extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) {
                    try {
                        return super.invoke(invocation, listener);
                    } catch (InterruptedException e) {
                        return new AgentOutcome.Failed(FailureClass.CRASHED, "interrupted", null, UsageReport.UNKNOWN);
                    }
                }
            };
        }
    }

    static class TakesItsTime extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    Allowance given = invocation.allowance();
                    return super.invoke(
                            with(
                                    invocation,
                                    invocation.prompt(),
                                    given.timeout().multipliedBy(4),
                                    given.idleTimeout().multipliedBy(4)),
                            listener);
                }
            };
        }
    }

    static class CountsSilenceFromTheStart extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    Duration idle = invocation.allowance().idleTimeout();
                    AgentOutcome outcome = super.invoke(with(invocation, invocation.prompt(), idle, idle), listener);
                    return outcome instanceof AgentOutcome.Failed failed
                            ? new AgentOutcome.Failed(FailureClass.IDLE, failed.message(), null, failed.usage())
                            : outcome;
                }
            };
        }
    }

    static class HidesTheCut extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    AgentOutcome outcome = super.invoke(invocation, listener);
                    return outcome instanceof AgentOutcome.Finished finished
                            ? new AgentOutcome.Finished(finished.result(), false, finished.usage())
                            : outcome;
                }
            };
        }

        @Override
        protected long floodBytes() {
            return 10_000_000;
        }
    }

    static class KeepsEverythingItHears extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    // Two bytes a character: far beyond the bound, wherever the heap stood before.
                    StringBuilder all = new StringBuilder("\u2026");
                    RecordingListener hearing = new RecordingListener() {
                        @Override
                        public synchronized void text(String more) {
                            all.append(more);
                        }
                    };
                    AgentOutcome outcome = super.invoke(invocation, hearing);
                    return new AgentOutcome.Finished(all.toString(), true, outcome.usage());
                }
            };
        }
    }

    static class KeepsItsOutputToItself extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    return super.invoke(invocation, new RecordingListener());
                }
            };
        }
    }

    static class CutsLongPrompts extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    String prompt = invocation.prompt();
                    Allowance given = invocation.allowance();
                    return super.invoke(
                            with(
                                    invocation,
                                    prompt.substring(0, Math.min(prompt.length(), 1 << 16)),
                                    given.timeout(),
                                    given.idleTimeout()),
                            listener);
                }
            };
        }
    }

    static class TakesTheUnknownForNothing extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    AgentOutcome outcome = super.invoke(invocation, listener);
                    return outcome instanceof AgentOutcome.Finished finished
                            ? new AgentOutcome.Finished(finished.result(), finished.cut(), UsageReport.NOTHING)
                            : outcome;
                }
            };
        }
    }

    static class LogsThePrompt extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    LOG.debug("launching with {}", invocation.prompt());
                    return super.invoke(invocation, listener);
                }
            };
        }
    }

    static class LogsTheSecretWithAnException extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    LOG.debug("launching", new IllegalStateException("env: " + SECRET.reveal()));
                    return super.invoke(invocation, listener);
                }
            };
        }
    }

    static class TellsTheSecret extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    AgentOutcome outcome = super.invoke(invocation, listener);
                    return outcome instanceof AgentOutcome.Failed failed
                            ? new AgentOutcome.Failed(
                                    failed.failure(), "key " + SECRET.reveal() + " failed", null, failed.usage())
                            : outcome;
                }
            };
        }
    }

    static class PassesTheSecretAsAnArgument extends Kit {
        @Override
        CommandAgentBuilder setUp(CommandAgentBuilder builder, Path program) {
            return builder.command(program.toString(), "--key=" + SECRET.reveal());
        }
    }

    static class ThrowsWhenProbed extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentProbe probe() {
                    throw new IllegalStateException("cannot tell: " + super.probe());
                }
            };
        }
    }

    static class TakesTheMissingForCrashed extends Kit {
        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    AgentOutcome outcome = super.invoke(invocation, listener);
                    return outcome instanceof AgentOutcome.Failed failed
                            ? new AgentOutcome.Failed(FailureClass.CRASHED, failed.message(), null, failed.usage())
                            : outcome;
                }
            };
        }
    }

    /** Ends the process it started and looks no further. */
    static class LosesSightOfProcesses extends Kit {

        private Path program = Path.of("");

        @Override
        CommandAgentBuilder setUp(CommandAgentBuilder builder, Path program) {
            this.program = program;
            return super.setUp(builder, program);
        }

        @Override
        AgentAdapter broken(AgentAdapter adapter) {
            return new Forwarding(adapter) {
                @Override
                public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener)
                        throws InterruptedException {
                    try {
                        Process process = new ProcessBuilder(program.toString())
                                .directory(invocation.workspace().toFile())
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                        process.getOutputStream().close();
                        process.waitFor();
                        process.destroyForcibly();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return new AgentOutcome.Finished("done", false, UsageReport.UNKNOWN);
                }
            };
        }
    }

    private static AgentInvocation with(AgentInvocation given, String prompt, Duration timeout, Duration idle) {
        return new AgentInvocation(
                given.run(),
                given.iteration(),
                given.attempt(),
                prompt,
                given.workspace(),
                new Allowance(null, null, timeout, idle),
                given.settings());
    }
}
