/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.internal.worker.StorableText;
import java.math.BigDecimal;
import java.time.Duration;

/** Validation of values where they enter: the message names the field, the value and the fix. */
final class Check {

    private static final int MOST_DOLLAR_DIGITS = 12;
    private static final int MOST_DECIMALS = 18;
    private static final Duration TEN_YEARS = Duration.ofDays(3650);

    private Check() {}

    static String notBlank(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidValueException(field, value, "must not be blank");
        }
        return value;
    }

    /** Stores refuse what these texts come to: better before the run is worked and paid for. */
    static String storable(String field, String value) {
        if (!StorableText.isStorable(value)) {
            throw new InvalidValueException(
                    field,
                    value.length() + " characters",
                    "has a NUL character or half of a surrogate pair; remove it");
        }
        return value;
    }

    static String atMost(String field, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new InvalidValueException(
                    field, value.length() + " characters", "must have at most " + maxLength + " characters");
        }
        return value;
    }

    static int inRange(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidValueException(field, value, "must be from " + min + " to " + max);
        }
        return value;
    }

    static double inRange(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new InvalidValueException(field, value, "must be from " + min + " to " + max);
        }
        return value;
    }

    static long notNegative(String field, long value) {
        if (value < 0) {
            throw new InvalidValueException(field, value, "must not be negative");
        }
        return value;
    }

    static BigDecimal notNegative(String field, BigDecimal value) {
        if (value.signum() < 0) {
            throw new InvalidValueException(field, value.toPlainString(), "must not be negative");
        }
        return value;
    }

    /** What somebody may set as a limit: sums of it, and its digits written out, stay of a length that can be stored. */
    static BigDecimal dollars(String field, BigDecimal value) {
        if ((long) value.precision() - value.scale() > MOST_DOLLAR_DIGITS || value.scale() > MOST_DECIMALS) {
            throw new InvalidValueException(
                    field,
                    "a number of " + value.precision() + " digits with the exponent " + -(long) value.scale(),
                    "must be less than a trillion US dollars, with at most " + MOST_DECIMALS + " decimals");
        }
        return notNegative(field, value);
    }

    static Duration positive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidValueException(field, value, "must be longer than zero");
        }
        return atMostTenYears(field, value);
    }

    static Duration notNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new InvalidValueException(field, value, "must not be negative");
        }
        return atMostTenYears(field, value);
    }

    /** Longer ones overflow dates once they are added to a time. */
    private static Duration atMostTenYears(String field, Duration value) {
        if (value.compareTo(TEN_YEARS) > 0) {
            throw new InvalidValueException(field, value, "must be at most " + TEN_YEARS.toDays() + " days");
        }
        return value;
    }
}
