/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the run knows of one of its agents.
 *
 * @param id the agent
 * @param failures failures in a row
 * @param coolUntil until when it is left alone, or null
 * @param skipped whether the next agent is used meanwhile, rather than waiting for this one
 * @param ruledOut why it is never tried again in this run, or null
 * @param problem the failure in words, or null
 */
public record AgentState(
        String id,
        int failures,
        @Nullable Instant coolUntil,
        boolean skipped,
        @Nullable FailureClass ruledOut,
        @Nullable String problem) {

    static AgentState fresh(String id) {
        return new AgentState(id, 0, null, false, null, null);
    }

    AgentState succeeded() {
        return fresh(id);
    }

    AgentState failed(String message) {
        return new AgentState(id, failures + 1, null, false, null, message);
    }

    AgentState coolingUntil(Instant until, boolean skip, String message) {
        return new AgentState(id, 0, until, skip, null, message);
    }

    AgentState ruledOut(FailureClass failure, String message) {
        return new AgentState(id, failures, null, false, failure, message);
    }

    boolean coolingAt(Instant now) {
        return coolUntil != null && now.isBefore(coolUntil);
    }

    boolean usableAt(Instant now) {
        return ruledOut == null && !coolingAt(now);
    }
}
