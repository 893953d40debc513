/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param exitCode its exit code, 128 + n if signal n killed it; empty if nobody was left to tell
 * @param end how it came to its end
 * @param cause why a caller stopped it, or null if no caller did
 * @param duration from its start until everything was over
 * @param stdout what it wrote to standard output
 * @param stderr what it wrote to standard error
 * @param level the containment it ran in
 * @param survivors processes known to be alive although killing them was tried until time ran out; normally 0
 * @param listenerFailures how often the listener threw
 */
public record ProcessExit(
        OptionalInt exitCode,
        ProcessEnd end,
        @Nullable StopCause cause,
        Duration duration,
        OutputSummary stdout,
        OutputSummary stderr,
        ContainmentLevel level,
        int survivors,
        long listenerFailures) {

    /** Whether it ended by itself with exit code 0. */
    public boolean successful() {
        return end == ProcessEnd.EXITED && exitCode.isPresent() && exitCode.getAsInt() == 0;
    }
}
