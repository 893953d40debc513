/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Duration;

/**
 * What happens after an attempt that did not work. A delay after the n-th failure in a row is drawn evenly from zero to
 * {@code min(maxDelay, baseDelay * 2^(n-1))} (exponential back-off with full jitter).
 *
 * @param maxConsecutiveFailures failed iterations in a row that end the run, 1 or more
 * @param baseDelay upper bound of the first delay
 * @param maxDelay upper bound of every delay that the agent did not name itself
 * @param maxWaitBeforeFallback a rate limit that lasts longer than this makes the run fall back to its next agent, if
 *     it has one; a run with no other agent waits
 * @param failuresBeforeFallback failures in a row of one agent after which the next agent is used, 1 or more
 * @param agentCooldown how long an agent that was fallen back from is left alone
 * @param maxTakeovers times in a row a run may be taken over from a dead node without a step forward before it is
 *     dead-lettered, 1 or more
 */
public record RetryPolicy(
        int maxConsecutiveFailures,
        Duration baseDelay,
        Duration maxDelay,
        Duration maxWaitBeforeFallback,
        int failuresBeforeFallback,
        Duration agentCooldown,
        int maxTakeovers) {

    /** 5 failures, delays from 2 seconds to 5 minutes, fallback after 2 minutes or 2 failures, 5 takeovers. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            5, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(2), 2, Duration.ofMinutes(5), 5);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public RetryPolicy {
        Check.inRange("retry.maxConsecutiveFailures", maxConsecutiveFailures, 1, 1000);
        Check.notNegative("retry.baseDelay", baseDelay);
        Check.notNegative("retry.maxDelay", maxDelay);
        Check.notNegative("retry.maxWaitBeforeFallback", maxWaitBeforeFallback);
        Check.inRange("retry.failuresBeforeFallback", failuresBeforeFallback, 1, 1000);
        Check.notNegative("retry.agentCooldown", agentCooldown);
        Check.inRange("retry.maxTakeovers", maxTakeovers, 1, 1000);
    }

    public RetryPolicy withMaxConsecutiveFailures(int failures) {
        return new RetryPolicy(
                failures,
                baseDelay,
                maxDelay,
                maxWaitBeforeFallback,
                failuresBeforeFallback,
                agentCooldown,
                maxTakeovers);
    }

    public RetryPolicy withDelays(Duration base, Duration max) {
        return new RetryPolicy(
                maxConsecutiveFailures,
                base,
                max,
                maxWaitBeforeFallback,
                failuresBeforeFallback,
                agentCooldown,
                maxTakeovers);
    }

    public RetryPolicy withFallback(Duration maxWait, int failures, Duration cooldown) {
        return new RetryPolicy(maxConsecutiveFailures, baseDelay, maxDelay, maxWait, failures, cooldown, maxTakeovers);
    }

    public RetryPolicy withMaxTakeovers(int takeovers) {
        return new RetryPolicy(
                maxConsecutiveFailures,
                baseDelay,
                maxDelay,
                maxWaitBeforeFallback,
                failuresBeforeFallback,
                agentCooldown,
                takeovers);
    }
}
