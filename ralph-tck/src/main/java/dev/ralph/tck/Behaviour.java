/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.UsageReport;

/**
 * How an agent behaves for a test. Every agent reads its prompt to the end first, then creates the empty file
 * {@value #STARTED} in its working directory, unless it says otherwise. It and every process it starts have the variable
 * {@code RALPH_TCK_WITNESS} in their environment, with the path of the working directory. {@link AgentScript} writes
 * programs that do all of this.
 */
public sealed interface Behaviour {

    /** Name of the file that tells the test that the agent is at work. */
    String STARTED = "agent-started";

    /** Name of the file that tells the test that the process it is to leave behind runs. */
    String LEFT = "process-left";

    /** Name of the file into which {@link PrintsItsEnvironment} writes its environment. */
    String ENVIRONMENT = "agent-environment";

    /**
     * Writes a line of text and comes to its end.
     *
     * @param text the line
     * @param result its final result text
     */
    record Finishes(String text, String result) implements Behaviour {}

    /** Comes to its end; its result is the SHA-256 of the bytes of its prompt in UTF-8, in lower-case hexadecimal. */
    record DigestsItsPrompt() implements Behaviour {}

    /** Reports an error of its own in the way it always does, and ends. */
    record Fails(String message) implements Behaviour {}

    /** Dies of SIGKILL without a result. */
    record Crashes() implements Behaviour {}

    /** Is not on this host: nothing is there where the adapter looks for it. */
    record IsMissing() implements Behaviour {}

    /** Is silent for ever; ends when it is asked to. */
    record Hangs() implements Behaviour {}

    /** Writes a line of text every tenth of a second for ever; ends when it is asked to. */
    record Chatters() implements Behaviour {}

    /** Is silent for ever, and so is a child of it; neither ends for SIGTERM, SIGINT or SIGHUP. */
    record IgnoresTermination() implements Behaviour {}

    /**
     * Starts a process in a session of its own that changes its directory, ignores SIGTERM, holds the agent's standard
     * output and error open and never ends; waits until that has created the file {@value #LEFT} in the agent's
     * working directory; and comes to its end.
     *
     * @param result its final result text
     */
    record LeavesAProcess(String result) implements Behaviour {}

    /**
     * Comes to its end with a huge result text.
     *
     * @param bytes length of the result
     * @param inLines whether it has lines of usual length, or is one line
     */
    record Floods(long bytes, boolean inLines) implements Behaviour {}

    /**
     * Writes to standard error without end of line, and comes to its end.
     *
     * @param bytes how much it writes
     * @param result its final result text
     */
    record FloodsErrors(long bytes, String result) implements Behaviour {}

    /** Prints bytes that are neither UTF-8 nor anything it is expected to print, and ends with exit code 0. */
    record PrintsGarbage() implements Behaviour {}

    /**
     * Prints its whole environment to standard output, to standard error, to the file {@value #ENVIRONMENT} in its
     * working directory and in the error it reports, and ends.
     */
    record PrintsItsEnvironment() implements Behaviour {}

    /**
     * Reports its usage in the way it always does, and comes to its end. An agent that cannot report it just comes to its
     * end.
     *
     * @param report usage, none of it unknown
     * @param result its final result text
     */
    record ReportsUsage(UsageReport report, String result) implements Behaviour {}

    /** Reports a negative number of every kind of token and a negative cost, and comes to its end. */
    record ReportsNegativeUsage(String result) implements Behaviour {}
}
