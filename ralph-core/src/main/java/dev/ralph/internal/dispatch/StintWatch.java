/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import dev.ralph.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sees what an executor does with the stints it is given. Thread-safe. */
final class StintWatch {

    private final LongSupplier nanoTime;
    private final Map<RunId, Long> given = new ConcurrentHashMap<>();
    private volatile @Nullable Long refusedAt;

    StintWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A stint is about to be given to it. */
    void given(RunId run) {
        given.put(run, nanoTime.getAsLong());
    }

    /** It has begun a stint. */
    void begun(RunId run) {
        given.remove(run);
        refusedAt = null;
    }

    /** It took a stint not. */
    void refused(RunId run) {
        given.remove(run);
        refusedAt = nanoTime.getAsLong();
    }

    /** How long the stint waits that has waited longest to begin; zero if none does. */
    Duration notBegun() {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(Math.max(
                0, given.values().stream().mapToLong(at -> now - at).max().orElse(0)));
    }

    /** Since it refused a stint; null if it did not, or has begun one since then. */
    @Nullable Duration sinceRefused() {
        Long at = refusedAt;
        return at == null ? null : Duration.ofNanos(nanoTime.getAsLong() - at);
    }
}
