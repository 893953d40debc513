/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import org.jspecify.annotations.Nullable;

/**
 * Says to clients why a run waits or has ended, by its kind. The words of the library may name folders, processes and
 * runs of other tenants; they are in the log alone.
 */
public final class PublicText {

    private static final String WAITS = "It goes on later: the workspace, an agent or a budget is not free now.";

    private PublicText() {}

    /** How a run stands, in words; null if there is nothing to say beyond its status. */
    public static @Nullable String detail(RunStatus status, @Nullable StopReason reason) {
        if (reason != null) {
            return ended(reason);
        }
        return status == RunStatus.WAITING ? WAITS : null;
    }

    /** The event with such words instead of its own. */
    public static StateEvent of(StateEvent event) {
        if (event instanceof StateEvent.RunWaiting waiting) {
            return new StateEvent.RunWaiting(waiting.run(), waiting.seq(), waiting.at(), waiting.until(), WAITS);
        }
        if (event instanceof StateEvent.RunEnded ended) {
            return new StateEvent.RunEnded(
                    ended.run(), ended.seq(), ended.at(), ended.reason(), ended.verification(), ended(ended.reason()));
        }
        return event;
    }

    static RunEvent of(RunEvent event) {
        return event instanceof StateEvent state ? of(state) : event;
    }

    private static @Nullable String ended(StopReason reason) {
        return switch (reason) {
            case COMPLETED -> null;
            case MAX_ITERATIONS, MAX_RUNTIME, MAX_TOKENS, MAX_COST -> "A limit of the run is reached.";
            case SHARED_BUDGET -> "A budget it shares with other runs is used up.";
            case CONSECUTIVE_FAILURES -> "Too many iterations failed one after the other.";
            case LOOP_DETECTED, STALLED -> "The agent made no progress.";
            case AGENT_UNAVAILABLE -> "None of its agents can be used.";
            case AUTHENTICATION -> "Its agents refused their credentials.";
            case INVALID_PROMPT -> "The prompt cannot be used.";
            case WORKSPACE_LOST -> "The workspace is gone or cannot be used.";
            case CANCELLED -> "It was cancelled.";
            case DEAD_LETTERED -> "Its nodes died again and again while they worked on it.";
            case INTERNAL_ERROR -> "The server failed; its log says why.";
        };
    }
}
