/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.agent.CommandAgent;
import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.process.Containment;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The command agent, whatever it runs and however that is contained. */
@Tag("integration")
abstract class CommandAgentContract extends AgentAdapterContract {

    private ProcessLauncher launcher;

    /** How the agent prints. */
    abstract AgentScript script();

    /** What is particular to this agent. */
    abstract CommandAgentBuilder setUp(CommandAgentBuilder builder, Path program);

    /** How it is contained. */
    Containment containment() {
        return Containment.strongest();
    }

    @BeforeEach
    final void openLauncher() {
        launcher = ProcessLauncher.builder().containment(containment()).build();
    }

    @AfterEach
    final void closeLauncher() {
        launcher.close();
    }

    @Override
    protected AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
        CommandAgentBuilder builder = CommandAgent.builder("tck")
                .secret("AGENT_API_KEY", SECRET.name())
                .grace(grace());
        return setUp(builder, script().write(directory(), behaviour)).build(new Host(launcher));
    }

    /** Generous: this host may be busy with other things. */
    @Override
    protected Duration slack() {
        return Duration.ofSeconds(10);
    }

    private record Host(ProcessLauncher processes) implements ProviderContext {

        @Override
        public Optional<String> property(String name) {
            return Optional.empty();
        }

        @Override
        public SecretSource secrets() {
            return name -> Optional.of(SECRET).filter(secret -> secret.name().equals(name));
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
