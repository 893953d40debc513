/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.process.ProcessExit;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;

/**
 * Reads what one launch of a client prints to standard output and says what came of it. {@link ClientProcess} calls it, one
 * call at a time and with memory effects between calls, so it need not be thread-safe.
 */
public interface ClientTranscript {

    /**
     * A line. Quick, since the client stands still meanwhile; throws nothing, whatever the line is.
     *
     * @param line the line, without its end
     * @param cut whether a limit took the rest of it
     */
    void output(String line, boolean cut);

    /**
     * Whether the client has printed its final result, so that nothing is left for it but to end. May become false again
     * if the client goes on.
     */
    boolean concluded();

    /**
     * What came of it. Asked once, after the end, if the client ended by itself or had concluded before; other ends are
     * the same for all clients, see {@link ClientOutcomes#stopped}.
     *
     * @param exit how the process ended; that a client which had concluded was stopped is no failure
     */
    AgentOutcome outcome(ProcessExit exit);

    /** What is known of its usage; asked after the end if the client neither ended by itself nor had concluded. */
    default UsageReport usage() {
        return UsageReport.UNKNOWN;
    }
}
