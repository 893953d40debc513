/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import dev.ralph.FailureClass;
import dev.ralph.agent.CommandAgent;
import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ProviderContext;
import java.util.Set;

/**
 * The agent {@code script}: a program that whoever runs the host names, so that a run names neither program nor secret. It
 * reads the prompt from standard input, works in the workspace, and what it prints is its result.
 */
public final class ScriptAgentProvider implements AgentAdapterProvider {

    @Override
    public String id() {
        return "script";
    }

    @Override
    public Set<String> properties() {
        return Set.of("RALPH_SCRIPT", "RALPH_SCRIPT_SECRET");
    }

    /** A program that is missing is no error here: the agent is then not ready, and its probe says why. */
    @Override
    public CommandAgent create(ProviderContext context) {
        CommandAgentBuilder agent = CommandAgent.builder(id())
                .command(context.property("RALPH_SCRIPT").orElse("ralph-script"))
                .exitCode(75, FailureClass.OVERLOADED) // EX_TEMPFAIL of sysexits.h: wait, then repeat the iteration
                .exitCode(77, FailureClass.AUTHENTICATION); // EX_NOPERM: do not try again
        context.property("RALPH_SCRIPT_SECRET").ifPresent(name -> agent.secret(name, name));
        return agent.build(context);
    }
}
