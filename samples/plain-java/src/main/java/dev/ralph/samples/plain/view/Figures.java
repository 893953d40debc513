/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Spend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
public final class Figures {

    private static final int CENTS = 2;
    private static final int SMALL_SCALE = 4;

    private Figures() {}

    /** {@code 0.4s}, {@code 42s}, {@code 3m07s}, {@code 1h02m}. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%d.%ds", seconds, time.toMillisPart() / 100);
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
    }

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code $1.20}; amounts under ten cents have four decimals. Rounded up: no spend is shown as less than it is. */
    public static String dollars(BigDecimal amount) {
        boolean small = amount.signum() > 0 && amount.compareTo(new BigDecimal("0.1")) < 0;
        return "$"
                + amount.setScale(small ? SMALL_SCALE : CENTS, RoundingMode.UP).toPlainString();
    }

    /** An amount and how far it can be trusted. */
    public static String cost(Cost cost) {
        return cost.kind() == CostKind.UNKNOWN && cost.amount().signum() == 0
                ? "cost unknown"
                : dollars(cost.amount()) + " " + cost.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The amounts by kind; those of nothing are left out. */
    public static String spend(Spend spend) {
        List<String> parts = new ArrayList<>();
        add(parts, spend.billed(), "billed");
        add(parts, spend.estimated(), "estimated");
        add(parts, spend.unknown(), "unknown");
        return parts.isEmpty() ? dollars(BigDecimal.ZERO) : String.join(" + ", parts);
    }

    private static void add(List<String> parts, BigDecimal amount, String kind) {
        if (amount.signum() > 0) {
            parts.add(dollars(amount) + " " + kind);
        }
    }
}
