/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The store's time during one stint: the time of the claim plus what passed since by a monotonic clock. A node whose own
 * clock is wrong, or is set meanwhile, neither gains nor loses runtime. Never ahead of the store: a run's last sign of
 * life would else be later than the end of its lease, and its runtime would fall when another node counts up to that end.
 */
final class StintClock {

    private final Instant claimedAt;
    private final LongSupplier nanoTime;
    private final long nanosAtStart;

    /** Starts now, when the answer to the claim is here, however long it took. */
    StintClock(Instant claimedAt, LongSupplier nanoTime) {
        this.claimedAt = claimedAt;
        this.nanoTime = nanoTime;
        this.nanosAtStart = nanoTime.getAsLong();
    }

    Instant now() {
        return claimedAt.plusNanos(Math.max(0, nanoTime.getAsLong() - nanosAtStart));
    }
}
