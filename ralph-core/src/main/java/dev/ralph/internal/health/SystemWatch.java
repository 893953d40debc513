/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.health.SystemFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How busy this process and its surroundings are, looked at once a second at most. Thread-safe. */
public final class SystemWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final MemoryReader memory;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Instant begun;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SystemFigures figures;
    private long lookedAt;
    private Duration used = Duration.ZERO;

    public SystemWatch(MemoryReader memory, InstantSource clock, LongSupplier nanoTime) {
        this.memory = memory;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.begun = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
    }

    /** Looks, unless somebody else is looking: then the figures are the last ones. May block on files of the kernel. */
    SystemFigures figures() {
        if (!lock.tryLock()) {
            return last();
        }
        try {
            SystemFigures known = figures;
            long now = nanoTime.getAsLong();
            if (known != null && now - lookedAt < INTERVAL.toNanos()) {
                return known;
            }
            Duration uptime = uptime();
            Duration since = known == null ? uptime : Duration.ofNanos(now - lookedAt);
            SystemFigures found = new SystemFigures(cpu(since), memory(), uptime);
            figures = found;
            lookedAt = now;
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** What was found last, and the uptime alone before that; neither reads anything nor waits. */
    SystemFigures last() {
        SystemFigures known = figures;
        return new SystemFigures(
                known == null ? null : known.cpuUsage(), known == null ? null : known.memoryUsage(), uptime());
    }

    private Duration uptime() {
        Duration up = Duration.between(begun, clock.instant());
        return up.isNegative() ? Duration.ZERO : up;
    }

    private @Nullable Double cpu(Duration since) {
        Optional<Duration> total = ProcessHandle.current().info().totalCpuDuration();
        if (total.isEmpty() || since.isZero()) {
            return null;
        }
        Duration more = total.get().minus(used);
        used = total.get();
        double share =
                (double) more.toNanos() / since.toNanos() / Runtime.getRuntime().availableProcessors();
        return Percent.of(Math.max(0, Math.min(1, share)));
    }

    private @Nullable Double memory() {
        return memory.read().map(MemoryFigures::usedPercent).orElse(null);
    }
}
