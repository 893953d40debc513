/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.process.ContainmentLevel;
import dev.ralph.process.OutputSummary;
import dev.ralph.process.ProcessEnd;
import dev.ralph.process.ProcessExit;
import java.time.Duration;
import java.util.OptionalInt;

/** Ends of processes. */
final class Exits {

    private Exits() {}

    static ProcessExit of(int code) {
        return of(code, "");
    }

    static ProcessExit of(int code, String errors) {
        return new ProcessExit(
                OptionalInt.of(code),
                ProcessEnd.EXITED,
                null,
                Duration.ofSeconds(1),
                new OutputSummary(0, 0, false, "", ""),
                new OutputSummary(errors.length(), 1, false, errors, errors),
                ContainmentLevel.PID_NAMESPACE,
                0,
                0);
    }
}
