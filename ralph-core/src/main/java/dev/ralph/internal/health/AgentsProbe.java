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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Whether there is an agent that could be launched: program, version, credentials. Spends no tokens. */
public final class AgentsProbe implements HealthProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Map<String, Supplier<AgentProbe>> agents;
    private final Set<String> named;
    private final Duration patience;
    private final Map<String, CompletableFuture<AgentProbe>> asked = new ConcurrentHashMap<>();

    /**
     * Of agents.
     *
     * @param agents what probes each of them, by id in the order of preference
     * @param named those the host wants to use: that others are not ready is no fault. Empty if it named none
     */
    public AgentsProbe(Map<String, Supplier<AgentProbe>> agents, Set<String> named) {
        this(agents, named, PATIENCE);
    }

    /**
     * Of agents.
     *
     * @param patience how long one of them may take before it is not ready
     */
    AgentsProbe(Map<String, Supplier<AgentProbe>> agents, Set<String> named, Duration patience) {
        this.named = Set.copyOf(named);
        this.agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
        this.patience = patience;
    }

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    /** Each agent's program is started to say its version, all of them beside each other. */
    @Override
    public Duration timeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration validity() {
        return Duration.ofSeconds(10);
    }

    @Override
    public CheckResult check() throws InterruptedException {
        return judge(statuses());
    }

    /** One agent that hangs is not ready, and harms no other; it is not asked again until it answers. */
    private List<AgentStatus> statuses() throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Map<String, CompletableFuture<AgentProbe>> answers = new LinkedHashMap<>();
        agents.forEach((id, agent) -> answers.put(id, ask(id, agent)));
        List<AgentStatus> statuses = new ArrayList<>();
        for (Map.Entry<String, CompletableFuture<AgentProbe>> answer : answers.entrySet()) {
            statuses.add(new AgentStatus(answer.getKey(), await(answer.getValue(), end)));
        }
        return statuses;
    }

    private CompletableFuture<AgentProbe> ask(String id, Supplier<AgentProbe> agent) {
        CompletableFuture<AgentProbe> hanging = asked.get(id);
        if (hanging != null && !hanging.isDone()) {
            return hanging;
        }
        CompletableFuture<AgentProbe> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer(agent, answer), "ralph-health-agent-" + id);
        thread.setDaemon(true);
        thread.start();
        asked.put(id, answer);
        return answer;
    }

    private static void answer(Supplier<AgentProbe> agent, CompletableFuture<AgentProbe> answer) {
        AgentProbe probe = AgentProbe.notReady(null, "its adapter broke off", "report this as a bug of the adapter");
        try {
            probe = agent.get();
        } finally {
            answer.complete(probe);
        }
    }

    private AgentProbe await(CompletableFuture<AgentProbe> answer, long end) throws InterruptedException {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return AgentProbe.notReady(
                    null,
                    "it did not answer within " + patience.toMillis() / 1_000.0 + " s",
                    "see what its program does when it is asked for its version");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an agent's failure is an answer", e);
        }
    }

    private CheckResult judge(List<AgentStatus> statuses) {
        Map<String, Object> details = new LinkedHashMap<>();
        statuses.forEach(status -> details.put(status.id(), text(status.probe())));
        List<AgentStatus> notReady = statuses.stream()
                .filter(status -> !status.probe().ready() && !isBlank(status) && isWanted(status))
                .toList();
        if (named.contains(CommandAgentProvider.ID)
                || statuses.stream().anyMatch(status -> status.probe().ready())) {
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

    private boolean isWanted(AgentStatus status) {
        return named.isEmpty() || named.contains(status.id());
    }

    private static String text(AgentProbe probe) {
        String version = probe.version() == null ? "" : ", version " + probe.version();
        return (probe.ready() ? "ready" : "not ready") + version;
    }
}
