/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.spi.UsageReport;
import java.nio.file.Path;

/** A program that prints plain text and reads its prompt from standard input. */
class CommandAgentContractTest extends CommandAgentContract {

    @Override
    AgentScript script() {
        return new AgentScript(AgentScript.PLAIN_TEXT);
    }

    @Override
    CommandAgentBuilder setUp(CommandAgentBuilder builder, Path program) {
        return builder.command(program.toString());
    }

    /** Plain text says nothing of usage. */
    @Override
    protected UsageReport understood(UsageReport said) {
        return UsageReport.UNKNOWN;
    }
}
