/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.AgentStatus;
import dev.ralph.log.LogText;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents of this node, in the order it prefers them. Thread-safe. */
public final class Agents {

    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    private final Map<String, AgentAdapter> adapters;
    private final List<String> preference;
    private final Set<String> named;

    /**
     * Takes the adapters.
     *
     * @param preference ids in order; those not named come after, by id
     */
    public Agents(Map<String, AgentAdapter> adapters, List<String> preference) {
        this.adapters = Map.copyOf(adapters);
        List<String> order = new ArrayList<>(preference);
        adapters.keySet().stream().sorted().filter(id -> !order.contains(id)).forEach(order::add);
        this.preference = List.copyOf(order);
        this.named = Set.copyOf(preference);
    }

    public Optional<AgentAdapter> find(String id) {
        return Optional.ofNullable(adapters.get(id));
    }

    /** Their ids, in order of preference. */
    public List<String> ids() {
        return preference;
    }

    /** Those the host named as the ones it wants to use; empty if it named none. */
    public Set<String> named() {
        return named;
    }

    /** Probes all of them; blocks while they answer. */
    public List<AgentStatus> probe() {
        return preference.stream().map(id -> new AgentStatus(id, probe(id))).toList();
    }

    /** Those that are ready, in order. */
    static List<String> ready(List<AgentStatus> statuses) {
        return statuses.stream()
                .filter(status -> status.probe().ready())
                .map(AgentStatus::id)
                .toList();
    }

    /** Why none of these is ready, in one line. */
    public static String problems(List<AgentStatus> statuses) {
        return statuses.isEmpty()
                ? "no agent is registered; add an adapter to the class path or to the builder"
                : statuses.stream()
                        .map(status -> status.id() + ": " + status.probe().problem() + " ("
                                + status.probe().fix() + ")")
                        .collect(Collectors.joining("; "));
    }

    /** Probes one of them; blocks while it answers, and throws nothing. */
    public AgentProbe probe(String id) {
        AgentAdapter adapter = adapters.get(id);
        if (adapter == null) {
            return AgentProbe.notReady(null, "not registered", "add its adapter or remove it from the preference");
        }
        try {
            return adapter.probe();
        } catch (RuntimeException e) {
            LOG.error("Agent {}: its adapter failed to probe it", id, LogText.failure(e));
            return AgentProbe.notReady(
                    null,
                    "its adapter failed with " + e.getClass().getName() + "; the log shows where",
                    "report this as a bug of the adapter");
        }
    }
}
