/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.AgentRef;
import dev.ralph.AgentStatus;
import dev.ralph.agent.CommandAgentConfig;
import dev.ralph.process.Containment;
import dev.ralph.process.ContainmentMechanism;
import dev.ralph.process.Environment;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessStartException;
import dev.ralph.spi.AgentProbe;
import java.nio.file.Path;
import java.util.List;

/** Looks for the program a run gives the command agent, without starting it. */
public final class ProgramProbe {

    private ProgramProbe() {}

    /** Whether the program can be launched in the workspace. */
    public static AgentStatus of(AgentRef agent, Path workspace) {
        List<String> command = agent.settings().get("command") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        ProcessSpec spec = ProcessSpec.builder(command)
                .directory(workspace)
                .environment(Environment.allowing(CommandAgentConfig.DEFAULT_ENVIRONMENT, System.getenv()))
                .build();
        try (ProcessLauncher launcher = ProcessLauncher.builder()
                .containment(Containment.using(ContainmentMechanism.HANDLES))
                .build()) {
            return new AgentStatus(
                    agent.id(), AgentProbe.ready(launcher.locate(spec).toString()));
        } catch (ProcessStartException e) {
            return new AgentStatus(
                    agent.id(),
                    AgentProbe.notReady(null, e.getMessage(), "a relative path is looked up in the workspace"));
        }
    }
}
