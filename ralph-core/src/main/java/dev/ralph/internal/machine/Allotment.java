/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Limits;
import dev.ralph.Reservation;
import dev.ralph.RunSpec;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an attempt may use, and what is set aside for it. */
public final class Allotment {

    private static final int SHARE = 10;
    private static final int COST_SCALE = 6;

    private Allotment() {}

    static Allowance allowance(Limits limits, LoopState state, Instant now) {
        Duration left = limits.maxRuntime().minus(state.clock().at(now));
        Duration timeout = left.compareTo(limits.attemptTimeout()) < 0 ? left : limits.attemptTimeout();
        return new Allowance(tokensLeft(limits, state), costLeft(limits, state), timeout, limits.idleTimeout());
    }

    /** The largest attempt so far or the configured share, whichever is more, but never more than is left. */
    static Reservation reservation(RunSpec spec, LoopState state) {
        Limits limits = spec.limits();
        boolean shared = !spec.budgets().isEmpty();
        Reservation largest = state.totals().largest();
        long tokens = shared || limits.maxTokens() != null ? Math.max(floorTokens(limits), largest.tokens()) : 0;
        BigDecimal cost = shared || limits.maxCost() != null ? floorCost(limits).max(largest.cost()) : BigDecimal.ZERO;
        Long tokensLeft = tokensLeft(limits, state);
        BigDecimal costLeft = costLeft(limits, state);
        Reservation cap = state.reservationCap();
        if (tokensLeft != null) {
            tokens = Math.min(tokens, tokensLeft);
        }
        if (costLeft != null) {
            cost = cost.min(costLeft);
        }
        Reservation wanted = new Reservation(tokens, cost);
        return cap == null ? wanted : smaller(wanted, cap);
    }

    /** The smaller of each figure. */
    static Reservation smaller(Reservation a, Reservation b) {
        return new Reservation(Math.min(a.tokens(), b.tokens()), a.cost().min(b.cost()));
    }

    /**
     * Whether what an attempt reports uses its allowance up.
     *
     * @return why it must be cut off, or null
     */
    public static Outcome.@Nullable Interruption usedUp(Allowance allowance, UsageReport report) {
        Long tokens = allowance.tokens();
        if (tokens != null && report.usage() != null && report.usage().total() >= tokens) {
            return Outcome.Interruption.TOKENS;
        }
        BigDecimal cost = allowance.cost();
        if (cost != null
                && report.cost().amount().signum() > 0
                && report.cost().amount().compareTo(cost) >= 0) {
            return Outcome.Interruption.COST;
        }
        return null;
    }

    private static @Nullable Long tokensLeft(Limits limits, LoopState state) {
        Long max = limits.maxTokens();
        return max == null ? null : Math.max(0, max - state.totals().tokens());
    }

    private static @Nullable BigDecimal costLeft(Limits limits, LoopState state) {
        BigDecimal max = limits.maxCost();
        return max == null ? null : max.subtract(state.totals().spend().total()).max(BigDecimal.ZERO);
    }

    private static long floorTokens(Limits limits) {
        Long configured = limits.reservedTokens();
        Long max = limits.maxTokens();
        return configured != null ? configured : max != null ? max / SHARE + Math.min(1, max % SHARE) : 0;
    }

    private static BigDecimal floorCost(Limits limits) {
        BigDecimal configured = limits.reservedCost();
        BigDecimal max = limits.maxCost();
        return configured != null
                ? configured
                : max != null ? max.divide(BigDecimal.valueOf(SHARE), COST_SCALE, RoundingMode.UP) : BigDecimal.ZERO;
    }
}
