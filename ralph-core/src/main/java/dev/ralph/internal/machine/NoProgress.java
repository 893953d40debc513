/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import org.jspecify.annotations.Nullable;

/**
 * How long the run has been getting nowhere.
 *
 * @param last the output of the last iteration, or null before the first
 * @param alike successive iterations up to now with near-identical output over an unchanged workspace
 * @param unchanged successive iterations up to now without a change and without a claim
 */
public record NoProgress(@Nullable OutputSketch last, int alike, int unchanged) {

    static final NoProgress NONE = new NoProgress(null, 0, 0);

    NoProgress after(OutputSketch output, boolean changed, boolean claimed, double threshold) {
        if (changed) {
            return new NoProgress(output, 0, 0);
        }
        boolean same = alike > 0 && last != null && last.similarity(output) >= threshold;
        return new NoProgress(output, same ? alike + 1 : 1, claimed ? 0 : unchanged + 1);
    }
}
