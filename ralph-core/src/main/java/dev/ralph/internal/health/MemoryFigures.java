/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

/**
 * How much memory is in use.
 *
 * @param used bytes, without what the kernel can drop at once
 * @param limit bytes, more than zero
 * @param container whether the limit is a container's; else it is what the host has
 */
record MemoryFigures(long used, long limit, boolean container) {

    /** From 0 on. */
    double usedShare() {
        return (double) used / limit;
    }

    /** The same as people read it. */
    double usedPercent() {
        return Percent.of(usedShare());
    }
}
