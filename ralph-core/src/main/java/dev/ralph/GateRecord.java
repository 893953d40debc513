/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one gate said about one claim.
 *
 * @param iteration the iteration whose claim was checked
 * @param gate name of the gate, secrets redacted
 * @param passed whether it passed
 * @param feedback what the agent is told when it did not, at most {@value #MAX_FEEDBACK} characters
 * @param took how long it ran
 * @param output what became of its full output; null where full outputs are not kept
 */
public record GateRecord(
        int iteration,
        String gate,
        boolean passed,
        String feedback,
        Duration took,
        @Nullable OutputRecord output) {

    public static final int MAX_FEEDBACK = 16_000;
}
