/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static dev.ralph.metrics.RalphMetricNames.TAG_CHECK;

import dev.ralph.health.CheckStatus;
import dev.ralph.internal.health.ProbedHealth;
import java.time.Duration;

/** What health checks found when somebody asked; reading it asks none. */
final class HealthMeters {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private HealthMeters() {}

    /** Adds a meter for each check. */
    static void add(OwnMeters meters, ProbedHealth health) {
        health.checks()
                .forEach(check -> meters.gauge(
                        RalphMeter.HEALTH,
                        () -> health.lastKnown(check, LONGEST)
                                .map(HealthMeters::value)
                                .orElse(Double.NaN),
                        TAG_CHECK,
                        check));
    }

    private static double value(CheckStatus status) {
        return switch (status) {
            case UP -> 1;
            case DEGRADED -> 0.5;
            case DOWN -> 0;
        };
    }
}
