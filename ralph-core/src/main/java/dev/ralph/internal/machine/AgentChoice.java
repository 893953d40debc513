/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.FailureClass;
import dev.ralph.StopReason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Which agent the next attempt uses. */
sealed interface AgentChoice {

    /** This one, now. */
    record Use(String agent) implements AgentChoice {}

    /** None now, one later. */
    record Later(Instant until, String detail) implements AgentChoice {}

    /** None ever again. */
    record Nobody(StopReason reason, String detail) implements AgentChoice {}

    /**
     * The first in order that is neither ruled out nor cooling. One that cools for a short time is waited for; one that
     * is skipped leaves its place to the next. If none is left to use, the earliest is waited for.
     */
    static AgentChoice of(List<AgentState> agents, Instant now) {
        Later earliest = null;
        for (AgentState agent : agents) {
            if (agent.usableAt(now)) {
                return new Use(agent.id());
            }
            if (agent.ruledOut() == null) {
                Later later = new Later(
                        Objects.requireNonNull(agent.coolUntil(), "cooling"),
                        "agent " + agent.id() + ": " + agent.problem());
                earliest = earliest == null || later.until().isBefore(earliest.until()) ? later : earliest;
                if (!agent.skipped()) {
                    return earliest;
                }
            }
        }
        return earliest == null ? nobody(agents) : earliest;
    }

    /** Whether some agent other than this one could be used now. */
    static boolean hasOther(List<AgentState> agents, String id, Instant now) {
        return agents.stream().anyMatch(agent -> !agent.id().equals(id) && agent.usableAt(now));
    }

    private static Nobody nobody(List<AgentState> agents) {
        StopReason reason = StopReason.AGENT_UNAVAILABLE;
        if (allRuledOutBy(agents, FailureClass.AUTHENTICATION)) {
            reason = StopReason.AUTHENTICATION;
        } else if (allRuledOutBy(agents, FailureClass.PROMPT_REJECTED)) {
            reason = StopReason.INVALID_PROMPT;
        }
        String problems = agents.stream()
                .map(agent -> agent.id() + ": " + agent.problem())
                .collect(Collectors.joining("; "));
        return new Nobody(reason, agents.isEmpty() ? "no agent is ready on this node" : problems);
    }

    private static boolean allRuledOutBy(List<AgentState> agents, FailureClass failure) {
        return !agents.isEmpty() && agents.stream().allMatch(agent -> agent.ruledOut() == failure);
    }
}
