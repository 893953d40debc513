/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.FailureClass;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import org.jspecify.annotations.Nullable;

/**
 * Says to clients why a run waits or has ended, or why something failed, by its kind. The words of the library may name folders,
 * programs, processes and runs of other tenants; they are in the log alone. What an agent says of itself is left.
 */
public final class PublicText {

    private static final String WAITS = "It goes on later: the workspace, an agent or a budget is not free now.";

    private static final String UNSAVED = "The workspace could not be saved.";

    private PublicText() {}

    /** How a run stands, in words; null if there is nothing to say beyond its status. */
    public static @Nullable String detail(RunStatus status, @Nullable StopReason reason) {
        if (reason != null) {
            return ended(reason);
        }
        return status == RunStatus.WAITING ? WAITS : null;
    }

    /** Why an attempt failed: in the agent's own words, unless it may be about how this host is set up. */
    public static @Nullable String failure(@Nullable FailureClass failure, @Nullable String message) {
        if (failure == null) {
            return message;
        }
        return switch (failure) {
            case NOT_INSTALLED -> "The agent's program is not on that node.";
            case INVALID_ARGUMENT -> "The agent cannot be used as it is set up.";
            case AUTHENTICATION -> "The agent's credentials are missing or were refused.";
            case CRASHED -> "The agent's process could not be started, or died without a result.";
            case RATE_LIMITED, OVERLOADED, PROMPT_REJECTED, TIMEOUT, IDLE, AGENT_ERROR -> message;
        };
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
        if (event instanceof StateEvent.AttemptSettled settled) {
            return new StateEvent.AttemptSettled(
                    settled.run(),
                    settled.seq(),
                    settled.at(),
                    settled.iteration(),
                    settled.attempt(),
                    settled.agent(),
                    settled.status(),
                    settled.usage(),
                    settled.cost(),
                    settled.failure(),
                    failure(settled.failure(), settled.message()));
        }
        if (event instanceof StateEvent.CheckpointFailed failed) {
            return new StateEvent.CheckpointFailed(
                    failed.run(), failed.seq(), failed.at(), failed.iteration(), UNSAVED);
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
