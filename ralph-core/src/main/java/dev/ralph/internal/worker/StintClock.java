/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The store's time during one stint: the time of the claim plus what passed since by a monotonic clock. A node whose own
 * clock is wrong, or is set meanwhile, neither gains nor loses runtime.
 */
final class StintClock {

    private final Instant claimedAt;
    private final LongSupplier nanoTime;
    private final long nanosAtClaim;

    /**
     * Starts at the claim.
     *
     * @param nanosAtClaim {@code nanoTime} when the claim was asked for
     */
    StintClock(Instant claimedAt, LongSupplier nanoTime, long nanosAtClaim) {
        this.claimedAt = claimedAt;
        this.nanoTime = nanoTime;
        this.nanosAtClaim = nanosAtClaim;
    }

    Instant now() {
        return claimedAt.plusNanos(Math.max(0, nanoTime.getAsLong() - nanosAtClaim));
    }
}
