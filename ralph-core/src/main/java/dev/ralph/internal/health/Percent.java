/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

/** Shares as people read them. */
final class Percent {

    private Percent() {}

    /** To one decimal. */
    static double of(double share) {
        return Math.round(share * 1_000) / 10.0;
    }
}
