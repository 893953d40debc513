/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run may use at most; what is not given comes from configuration. */
public final class LimitOptions {

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            description = "Iterations at most (RALPH_MAX_ITERATIONS; else 100).")
    private @Nullable Integer maxIterations;

    @Option(
            names = "--max-runtime",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time at most, such as 90s, 30m, 1h30m; pauses do not count (RALPH_MAX_RUNTIME, in seconds;"
                    + " else 4h).")
    private @Nullable Duration maxRuntime;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Tokens of all kinds at most (RALPH_MAX_TOKENS; else no limit).")
    private @Nullable Long maxTokens;

    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "US dollars at most, such as 5.00 (RALPH_MAX_COST; else no limit).")
    private @Nullable BigDecimal maxCost;

    @Option(
            names = "--attempt-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time one launch of an agent may take (default: 30m).")
    private @Nullable Duration attemptTimeout;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time an agent may go without any output (default: 10m).")
    private @Nullable Duration idleTimeout;

    /** For picocli. */
    public LimitOptions() {}

    /**
     * {@code defaults} with what was given on the command line.
     *
     * @throws dev.ralph.InvalidValueException if a value is outside its range
     */
    public Limits over(Limits defaults) {
        LimitsBuilder limits = defaults.toBuilder();
        if (maxIterations != null) {
            limits.maxIterations(maxIterations);
        }
        if (maxRuntime != null) {
            limits.maxRuntime(maxRuntime);
        }
        if (maxTokens != null) {
            limits.maxTokens(maxTokens);
        }
        if (maxCost != null) {
            limits.maxCost(maxCost);
        }
        if (attemptTimeout != null) {
            limits.attemptTimeout(attemptTimeout);
        }
        if (idleTimeout != null) {
            limits.idleTimeout(idleTimeout);
        }
        return limits.build();
    }
}
