/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.util.Optional;

/** Whether there is memory left for another agent, in this container or on this host. */
public final class MemoryProbe implements HealthProbe {

    private static final double LIMIT = 0.9;
    private static final long MEGABYTE = 1_000_000;

    private final MemoryReader reader;

    public MemoryProbe(MemoryReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public CheckResult check() {
        Runtime jvm = Runtime.getRuntime();
        Optional<MemoryFigures> found = reader.read();
        CheckResult result = found.map(MemoryProbe::judge).orElseGet(CheckResult::up);
        return result.with("heapUsedMegabytes", (jvm.totalMemory() - jvm.freeMemory()) / MEGABYTE)
                .with("heapMaxMegabytes", jvm.maxMemory() / MEGABYTE);
    }

    private static CheckResult judge(MemoryFigures memory) {
        double percent = memory.usedPercent();
        String of = memory.container() ? "container" : "host";
        CheckResult result = memory.usedShare() < LIMIT
                ? CheckResult.up()
                : CheckResult.down(percent + " % of the " + of + "'s " + memory.limit() / MEGABYTE
                        + " MB of memory are in use, which must be less than " + Percent.of(LIMIT)
                        + " %; give the " + of + " more, or lower RALPH_MAX_PARALLEL_RUNS");
        return result.with("usedPercent", percent)
                .with("limitMegabytes", memory.limit() / MEGABYTE)
                .with("limitOf", of);
    }
}
