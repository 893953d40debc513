/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.AgentRef;
import dev.ralph.samples.spring.catalog.HostProperties.Agent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Reads the configuration of agents. */
final class ConfiguredAgent {

    private ConfiguredAgent() {}

    /** What a run names for an agent of this name. */
    static AgentRef ref(String name, Agent setting) {
        return new AgentRef(setting.adapter() == null ? name : setting.adapter(), withLists(setting.settings()));
    }

    /** A list bound into a map of objects comes as a map of its indexes. */
    private static Map<String, Object> withLists(Map<?, ?> bound) {
        Map<String, Object> settings = new LinkedHashMap<>();
        bound.forEach((name, value) -> settings.put(String.valueOf(name), withLists(value)));
        return settings;
    }

    private static Object withLists(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> settings = withLists(map);
        List<String> indexes =
                IntStream.range(0, settings.size()).mapToObj(Integer::toString).toList();
        return !settings.isEmpty() && settings.keySet().containsAll(indexes)
                ? indexes.stream()
                        .map(index -> Objects.requireNonNull(settings.get(index)))
                        .toList()
                : settings;
    }
}
