/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.AgentRef;
import dev.ralph.InvalidValueException;
import dev.ralph.agent.CommandAgentProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives agents that a run names the settings of the command line. What they mean is the agents' own matter. */
final class AgentSettings {

    private static final String OPTION = "--agent-setting";
    private static final String MODEL_OPTION = "--model";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** By agent, then by name. */
    private final Map<String, Map<String, Object>> settings = new LinkedHashMap<>();

    private final List<String> agents;

    /**
     * Reads the settings.
     *
     * @param ids the agents that are named
     * @param texts settings as {@code [ID:]NAME=VALUE}
     * @param model the model, or null
     * @throws InvalidValueException if a setting is no setting, or of no agent that is named
     */
    AgentSettings(List<String> ids, List<String> texts, @Nullable String model) {
        agents = ids.stream()
                .filter(id -> !id.equals(CommandAgentProvider.ID))
                .distinct()
                .toList();
        if (model != null) {
            put(MODEL_OPTION, model, null, "model", model);
        }
        texts.forEach(this::read);
    }

    /** The agent with its settings. */
    AgentRef of(String id) {
        return new AgentRef(id, settings.getOrDefault(id, Map.of()));
    }

    private void read(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new InvalidValueException(OPTION, text, "must be NAME=VALUE or AGENT:NAME=VALUE");
        }
        String name = text.substring(0, equals);
        int colon = name.indexOf(':');
        put(
                OPTION,
                text,
                colon < 0 ? null : name.substring(0, colon),
                name.substring(colon + 1),
                value(text.substring(equals + 1)));
    }

    private void put(String option, String text, @Nullable String agent, String name, Object value) {
        for (String id : addressed(option, text, agent)) {
            settings.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(name, value);
        }
    }

    private List<String> addressed(String option, String text, @Nullable String agent) {
        if (agent != null) {
            if (!agents.contains(agent)) {
                throw new InvalidValueException(option, text, "is for an agent that is not used; add --agent " + agent);
            }
            return List.of(agent);
        }
        if (agents.size() != 1) {
            throw new InvalidValueException(
                    option,
                    text,
                    agents.isEmpty()
                            ? "needs to know its agent; add --agent"
                            : "could be for each of " + agents + "; write " + OPTION + " AGENT:NAME=VALUE");
        }
        return agents;
    }

    /** Numbers, booleans and lists of texts are what they are in JSON; everything else is a text. */
    private static Object value(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isIntegralNumber() && node.canConvertToLong()) {
                return node.asLong();
            }
            if (node.isBoolean()) {
                return node.asBoolean();
            }
            if (node.isArray()) {
                return new ArrayList<>(JSON.convertValue(node, new TypeReference<List<String>>() {}));
            }
            return text;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return text;
        }
    }
}
