/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RetryPolicy;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import java.time.Duration;
import java.time.Instant;

/** What a failed attempt means for its agent and for the run: whom to ask next, when, or that it ends. */
final class FailedAttempt {

    private final RunSpec spec;
    private final StateEdit edit;

    FailedAttempt(RunSpec spec, StateEdit edit) {
        this.spec = spec;
        this.edit = edit;
    }

    /** The service had no room for it: the same iteration is repeated, later or on another agent. */
    void turnedAway(String agentId, Outcome.AttemptFailed outcome, String problem) {
        edit.streaks = edit.streaks.turnedAway();
        Duration asked = outcome.retryAfter();
        Duration backOff = BackOff.delay(spec.retry(), edit.streaks.transients(), outcome.jitter());
        // A service that says "at once" and turns the next attempt away too must not be asked in a hot loop.
        Duration wait = asked != null && BackOff.asked(asked).compareTo(backOff) > 0 ? BackOff.asked(asked) : backOff;
        boolean skip = wait.compareTo(spec.retry().maxWaitBeforeFallback()) > 0;
        edit.agent(agentId, agent -> agent.coolingUntil(outcome.at().plus(wait), skip, problem));
    }

    /** It counts as a failed iteration. */
    void failed(String agentId, Outcome.AttemptFailed outcome, String problem) {
        RetryPolicy retry = spec.retry();
        edit.streaks = edit.streaks.failed();
        edit.agent(agentId, agent -> agent.failed(problem));
        boolean timeIsUp = edit.clock.at(outcome.at()).compareTo(spec.limits().maxRuntime()) >= 0;
        // An agent that a limit of the run stopped is not to blame.
        boolean limited = timeIsUp || EndRules.usedUp(spec.limits(), edit.totals);
        if (edit.streaks.failures() >= retry.maxConsecutiveFailures() && !limited) {
            edit.ending = Ending.of(
                    StopReason.CONSECUTIVE_FAILURES,
                    edit.streaks.failures() + " iterations in a row failed; the last: " + problem);
            return;
        }
        boolean fallBack = edit.agents.stream()
                        .anyMatch(agent ->
                                agent.id().equals(agentId) && agent.failures() >= retry.failuresBeforeFallback())
                && AgentChoice.hasOther(edit.agents, agentId, outcome.at());
        if (fallBack) {
            Instant until = outcome.at().plus(retry.agentCooldown());
            edit.agent(agentId, agent -> agent.coolingUntil(until, true, problem));
        } else {
            edit.waiting = new WaitState(
                    outcome.at().plus(BackOff.delay(retry, edit.streaks.failures(), outcome.jitter())),
                    WaitState.Kind.BACK_OFF,
                    "agent " + agentId + ": " + problem);
        }
    }
}
