/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Reservation;
import dev.ralph.Spend;
import dev.ralph.Usage;

/**
 * What a run has used so far. Only ever grows.
 *
 * @param attempts attempts started
 * @param unreported attempts that did not report all they used: tokens, money or both are not known
 * @param usage tokens reported
 * @param unknownTokens tokens charged for attempts that did not report
 * @param spend money charged
 * @param largest the most one attempt was charged, for the next reservation
 */
public record Totals(int attempts, int unreported, Usage usage, long unknownTokens, Spend spend, Reservation largest) {

    static final Totals ZERO = new Totals(0, 0, Usage.ZERO, 0, Spend.ZERO, Reservation.NONE);

    Totals withAttempt() {
        return new Totals(attempts + 1, unreported, usage, unknownTokens, spend, largest);
    }

    Totals plus(Charge charge) {
        return new Totals(
                attempts,
                charge.known() ? unreported : unreported + 1,
                usage.plus(charge.reported()),
                saturatedSum(unknownTokens, charge.unknownTokens()),
                spend.plus(charge.cost()),
                new Reservation(
                        Math.max(largest.tokens(), charge.tokens()),
                        largest.cost().max(charge.cost().amount())));
    }

    /** What counts against the token limit. */
    long tokens() {
        return saturatedSum(usage.total(), unknownTokens);
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
