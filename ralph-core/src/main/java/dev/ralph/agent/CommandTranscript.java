/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.FailureClass;
import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.ClientTranscript;
import dev.ralph.process.ProcessExit;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import org.jspecify.annotations.Nullable;

/** Keeps the end of what a program prints, and reads it when the program has ended. */
final class CommandTranscript implements ClientTranscript {

    private static final long ACTIVITY_CHARS = 64L << 20;
    private static final int SIGNAL_BASE = 128;

    private final CommandAgentConfig config;
    private final AgentListener listener;
    private final TextTail output = new TextTail(ClientOutcomes.RESULT_CHARS);
    private long told;

    CommandTranscript(CommandAgentConfig config, AgentListener listener) {
        this.config = config;
        this.listener = listener;
    }

    @Override
    public void output(String line, boolean cut) {
        output.add(line, cut);
        if (told < ACTIVITY_CHARS) {
            told += line.length() + 1;
            listener.text(line + "\n");
        }
    }

    /** Never: any line may be its last. */
    @Override
    public boolean concluded() {
        return false;
    }

    @Override
    public AgentOutcome outcome(ProcessExit exit) {
        int code = exit.exitCode().orElseThrow();
        if (code != 0) {
            String message = ClientOutcomes.withLastErrorLine("it ended with exit code " + code, exit);
            return ClientOutcomes.failed(failureOf(code), message, usage());
        }
        JsonOutput json = json();
        return json != null
                ? json.read(output)
                : ClientOutcomes.finished(
                        output.text(), output.cut() || exit.stdout().cut(), UsageReport.UNKNOWN);
    }

    @Override
    public UsageReport usage() {
        JsonOutput json = json();
        return json == null ? UsageReport.UNKNOWN : json.usage(output);
    }

    private @Nullable JsonOutput json() {
        return config.json() == null ? null : new JsonOutput(config.json());
    }

    private FailureClass failureOf(int code) {
        FailureClass configured = config.exitCodes().get(code);
        if (configured != null) {
            return configured;
        }
        if (code == 126 || code == 127) {
            return FailureClass.NOT_INSTALLED;
        }
        return code > SIGNAL_BASE ? FailureClass.CRASHED : FailureClass.AGENT_ERROR;
    }
}
