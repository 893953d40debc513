/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.process.ContainmentLevel;
import dev.ralph.process.OutputSummary;
import dev.ralph.process.ProcessEnd;
import dev.ralph.process.ProcessExit;
import java.time.Duration;
import java.util.OptionalInt;

/** Ends of processes that never were. */
final class TestExit {

    private TestExit() {}

    static ProcessExit of(int code, boolean printed, String errors) {
        return new ProcessExit(
                OptionalInt.of(code),
                ProcessEnd.EXITED,
                null,
                Duration.ofSeconds(1),
                new OutputSummary(printed ? 100 : 0, printed ? 1 : 0, false, "", ""),
                new OutputSummary(errors.length(), 1, false, errors, errors),
                ContainmentLevel.PID_NAMESPACE,
                0,
                0);
    }
}
