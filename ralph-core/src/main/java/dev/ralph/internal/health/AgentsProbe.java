/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.AgentStatus;
import dev.ralph.agent.CommandAgentProvider;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.internal.worker.Agents;
import dev.ralph.spi.AgentProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether there is an agent that could be launched: program, version, credentials. Spends no tokens. */
public final class AgentsProbe implements HealthProbe {

    private final Supplier<List<AgentStatus>> agents;

    /**
     * Of agents.
     *
     * @param agents probes each of them
     */
    public AgentsProbe(Supplier<List<AgentStatus>> agents) {
        this.agents = agents;
    }

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    /** Each agent's program is started to say its version. */
    @Override
    public Duration timeout() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration validity() {
        return Duration.ofSeconds(10);
    }

    @Override
    public CheckResult check() {
        List<AgentStatus> statuses = agents.get();
        Map<String, Object> details = new LinkedHashMap<>();
        statuses.forEach(status -> details.put(status.id(), text(status.probe())));
        List<AgentStatus> notReady = statuses.stream()
                .filter(status -> !status.probe().ready() && !isBlank(status))
                .toList();
        if (statuses.stream().anyMatch(status -> status.probe().ready())) {
            return notReady.isEmpty()
                    ? new CheckResult(CheckStatus.UP, null, details)
                    : new CheckResult(
                            CheckStatus.DEGRADED, "not every agent is ready: " + Agents.problems(notReady), details);
        }
        return notReady.isEmpty() && !statuses.isEmpty()
                ? new CheckResult(
                        CheckStatus.DEGRADED,
                        "there is no agent but the built-in one, for which runs must name a command; add an adapter",
                        details)
                : new CheckResult(CheckStatus.DOWN, "no agent is ready: " + Agents.problems(notReady), details);
    }

    /** The built-in agent is on every node, and works whatever command a run names: that it has none itself is no fault. */
    private static boolean isBlank(AgentStatus status) {
        return status.id().equals(CommandAgentProvider.ID);
    }

    private static String text(AgentProbe probe) {
        String version = probe.version() == null ? "" : ", version " + probe.version();
        return (probe.ready() ? "ready" : "not ready") + version;
    }
}
