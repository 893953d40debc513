/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a property over many random cases. A case is a seed and a number of turbulent steps after which nothing
 * surprising happens any more; a failure is told with the smallest such number that still fails, and with the steps.
 * {@code -Dralph.property.cases=N} checks more of them, {@code -Dralph.property.seed=S} one alone.
 */
final class RandomCases {

    private RandomCases() {}

    /**
     * Checks the property for every case.
     *
     * @param cases how many, unless the system property says otherwise
     * @param turbulence turbulent steps of each
     * @param simulate makes the history of a seed and a number of turbulent steps
     * @param property throws if it does not hold
     */
    static <H> void check(int cases, int turbulence, BiFunction<Long, Integer, H> simulate, Consumer<H> property) {
        for (long seed : seeds(cases)) {
            Throwable failure = failure(simulate, property, seed, turbulence);
            if (failure != null) {
                throw shortest(simulate, property, seed, turbulence, failure);
            }
        }
    }

    private static <H> AssertionError shortest(
            BiFunction<Long, Integer, H> simulate, Consumer<H> property, long seed, int turbulence, Throwable known) {
        for (int fewer = 0; fewer < turbulence; fewer++) {
            Throwable failure = failure(simulate, property, seed, fewer);
            if (failure != null) {
                return report(seed, fewer, failure);
            }
        }
        return report(seed, turbulence, known);
    }

    private static AssertionError report(long seed, int turbulence, Throwable failure) {
        return new AssertionError(
                "seed %d, %d turbulent steps (again with -Dralph.property.seed=%d): %s"
                        .formatted(seed, turbulence, seed, failure.getMessage()),
                failure);
    }

    private static <H> @Nullable Throwable failure(
            BiFunction<Long, Integer, H> simulate, Consumer<H> property, long seed, int turbulence) {
        try {
            property.accept(simulate.apply(seed, turbulence));
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private static List<Long> seeds(int cases) {
        Long only = Long.getLong("ralph.property.seed");
        long last = Integer.getInteger("ralph.property.cases", cases);
        return only == null ? LongStream.rangeClosed(1, last).boxed().toList() : List.of(only);
    }
}
