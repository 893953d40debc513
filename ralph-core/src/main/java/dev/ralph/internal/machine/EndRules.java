/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Limits;
import dev.ralph.ProgressPolicy;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a run must end, between iterations. */
final class EndRules {

    private EndRules() {}

    /**
     * The ending that is due.
     *
     * @return null if the run may go on
     */
    static @Nullable Ending due(RunSpec spec, LoopState state, Instant now) {
        if (state.ending() != null) {
            return state.ending();
        }
        if (state.inbox().cancel()) {
            return Ending.of(StopReason.CANCELLED, null);
        }
        if (state.phase() instanceof Phase.Verifying) {
            return null;
        }
        Ending stuck = stuck(spec.progress(), state);
        return stuck != null ? stuck : limitReached(spec.limits(), state, now);
    }

    private static @Nullable Ending stuck(ProgressPolicy policy, LoopState state) {
        NoProgress progress = state.progress();
        if (policy.loopWindow() > 0 && progress.alike() >= policy.loopWindow()) {
            return Ending.of(
                    StopReason.LOOP_DETECTED,
                    progress.alike() + " iterations in a row had near-identical output over an unchanged workspace");
        }
        if (policy.stallAfter() > 0 && progress.unchanged() >= policy.stallAfter()) {
            return Ending.of(
                    StopReason.STALLED,
                    progress.unchanged() + " iterations in a row neither changed the workspace nor claimed completion");
        }
        return null;
    }

    private static @Nullable Ending limitReached(Limits limits, LoopState state, Instant now) {
        if (state.open() == null && state.recorded() >= limits.maxIterations()) {
            return Ending.of(StopReason.MAX_ITERATIONS, state.recorded() + " iterations are recorded");
        }
        Duration runtime = state.clock().at(now);
        if (runtime.compareTo(limits.maxRuntime()) >= 0) {
            return Ending.of(StopReason.MAX_RUNTIME, "ran for " + runtime + " of " + limits.maxRuntime());
        }
        Totals totals = state.totals();
        if (tokensUsedUp(limits, totals)) {
            return Ending.of(
                    StopReason.MAX_TOKENS,
                    totals.tokens() + " of " + limits.maxTokens() + " tokens charged"
                            + (totals.unknownTokens() > 0
                                    ? ", " + totals.unknownTokens() + " of them for attempts that did not report"
                                    : ""));
        }
        if (costUsedUp(limits, totals)) {
            BigDecimal max = Objects.requireNonNull(limits.maxCost());
            return Ending.of(
                    StopReason.MAX_COST,
                    "$" + totals.spend().total().toPlainString() + " of $"
                            + max.toPlainString() + " charged"
                            + (totals.spend().unknown().signum() > 0
                                    ? ", $" + totals.spend().unknown().toPlainString()
                                            + " of it for attempts that did not report"
                                    : ""));
        }
        return null;
    }

    /** Whether the run may not spend more. */
    static boolean usedUp(Limits limits, Totals totals) {
        return tokensUsedUp(limits, totals) || costUsedUp(limits, totals);
    }

    private static boolean tokensUsedUp(Limits limits, Totals totals) {
        Long max = limits.maxTokens();
        return max != null && totals.tokens() >= max;
    }

    private static boolean costUsedUp(Limits limits, Totals totals) {
        BigDecimal max = limits.maxCost();
        return max != null && totals.spend().total().compareTo(max) >= 0;
    }
}
