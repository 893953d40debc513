/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/**
 * What went wrong with an attempt. Adapters decide it from structured fields and exit codes, never by searching the
 * agent's prose.
 */
public enum FailureClass {
    /** The service asks to come back later; the same iteration is repeated and no failure is counted. */
    RATE_LIMITED,
    /** The service is overloaded or cannot be reached; treated as {@link #RATE_LIMITED}. */
    OVERLOADED,
    /** Credentials are missing or refused; never retried on this agent. */
    AUTHENTICATION,
    /** The agent's program is not there or not executable; never retried on this agent. */
    NOT_INSTALLED,
    /** The agent refused its arguments or settings (an unknown model, a bad flag); never retried on this agent. */
    INVALID_ARGUMENT,
    /** The agent refused the prompt itself (too long, not allowed); never retried on this agent. */
    PROMPT_REJECTED,
    /** The attempt reached its wall-clock time-out. Counts as a failure. */
    TIMEOUT,
    /** The agent gave no sign of life for the idle time-out. Counts as a failure. */
    IDLE,
    /** The agent's process was killed by a signal or died without a result. Counts as a failure. */
    CRASHED,
    /** The agent reported an error of its own. Counts as a failure. */
    AGENT_ERROR;

    /** Whether the same iteration is repeated after a wait, without counting a failure. */
    public boolean isTransient() {
        return this == RATE_LIMITED || this == OVERLOADED;
    }

    /** Whether this agent is not tried again in this run. */
    public boolean rulesOutAgent() {
        return this == AUTHENTICATION || this == NOT_INSTALLED || this == INVALID_ARGUMENT || this == PROMPT_REJECTED;
    }

    /** Whether it counts towards {@link RetryPolicy#maxConsecutiveFailures}. */
    public boolean countsAsFailure() {
        return !isTransient() && !rulesOutAgent();
    }
}
