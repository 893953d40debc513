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
    private @Nullable SystemFigures figures;
    private long lookedAt;
    private Duration used = Duration.ZERO;

    public SystemWatch(MemoryReader memory, InstantSource clock, LongSupplier nanoTime) {
        this.memory = memory;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.begun = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
    }

    SystemFigures figures() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (figures == null || now - lookedAt >= INTERVAL.toNanos()) {
                Duration up = Duration.between(begun, clock.instant());
                Duration uptime = up.isNegative() ? Duration.ZERO : up;
                Duration since = figures == null ? uptime : Duration.ofNanos(now - lookedAt);
                figures = new SystemFigures(cpu(since), memory(), uptime);
                lookedAt = now;
            }
            return figures;
        } finally {
            lock.unlock();
        }
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
