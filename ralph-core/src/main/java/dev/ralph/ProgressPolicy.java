/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/**
 * When a run that works without getting anywhere is ended.
 *
 * @param loopWindow successive iterations with near-identical output over an unchanged workspace that end the run with
 *     {@link StopReason#LOOP_DETECTED}; 2 or more, or 0 to switch the rule off
 * @param similarity how alike two outputs must be to count as near-identical, from 0 (anything) to 1 (the same)
 * @param stallAfter successive iterations without a change of the workspace and without a claim that end the run with
 *     {@link StopReason#STALLED}; 1 or more, or 0 to switch the rule off
 */
public record ProgressPolicy(int loopWindow, double similarity, int stallAfter) {

    /** 3 near-identical iterations at 0.9, or 10 without a change. */
    public static final ProgressPolicy DEFAULT = new ProgressPolicy(3, 0.9, 10);

    /** Neither rule applies. */
    public static final ProgressPolicy OFF = new ProgressPolicy(0, 1, 0);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public ProgressPolicy {
        Check.inRange("progress.loopWindow", loopWindow, 0, 1000);
        if (loopWindow == 1) {
            throw new InvalidValueException("progress.loopWindow", loopWindow, "must be 0 (off) or at least 2");
        }
        Check.inRange("progress.similarity", similarity, 0, 1);
        Check.inRange("progress.stallAfter", stallAfter, 0, 100_000);
    }
}
