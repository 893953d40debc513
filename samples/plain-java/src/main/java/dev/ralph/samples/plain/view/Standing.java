/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Cost;
import dev.ralph.Limits;
import dev.ralph.RunProgress;
import dev.ralph.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands at the moment.
 *
 * @param progress what is recorded
 * @param limits what it may use
 * @param iteration the iteration that is worked on
 * @param reported tokens the attempt in flight has reported so far, or null
 * @param cost what the attempt in flight has cost so far
 * @param doing who does what
 */
record Standing(
        RunProgress progress,
        Limits limits,
        int iteration,
        @Nullable Usage reported,
        Cost cost,
        String doing) {

    static Standing begin(RunProgress progress, Limits limits) {
        return new Standing(progress, limits, Math.max(1, progress.iterations()), null, Cost.UNKNOWN, "");
    }

    Standing with(RunProgress now) {
        return new Standing(now, limits, iteration, reported, cost, doing);
    }

    Standing doing(String what) {
        return new Standing(progress, limits, iteration, reported, cost, what);
    }

    Standing launched(int number, String agent) {
        return new Standing(progress, limits, number, null, Cost.UNKNOWN, agent);
    }

    Standing used(@Nullable Usage usage, Cost soFar) {
        return new Standing(progress, limits, iteration, usage, soFar, doing);
    }

    Standing settled() {
        return used(null, Cost.UNKNOWN);
    }

    /** One line: iteration, time, tokens and cost, each against its limit, then what is being done. */
    String line(Instant now) {
        Long maxTokens = limits.maxTokens();
        long tokens = progress.usage().total() + progress.unknownTokens() + (reported == null ? 0 : reported.total());
        BigDecimal maxCost = limits.maxCost();
        BigDecimal spent = progress.spend().total().add(cost.amount());
        String atLeast = progress.unreported() > 0 ? "+?" : "";
        return "[" + iteration + "/" + limits.maxIterations() + "] "
                + Figures.time(progress.runtimeAt(now)) + "/" + Figures.time(limits.maxRuntime()) + " | "
                + Figures.count(tokens) + atLeast + (maxTokens == null ? "" : "/" + Figures.count(maxTokens))
                + " tokens | "
                + Figures.dollars(spent) + atLeast + (maxCost == null ? "" : "/" + Figures.dollars(maxCost))
                + (doing.isEmpty() ? "" : " | " + doing);
    }
}
