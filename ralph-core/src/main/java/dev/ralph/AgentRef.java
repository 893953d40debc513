/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.Map;

/**
 * Which agent, and how this run wants it set up.
 *
 * @param id the adapter's id
 * @param settings settings for this run in terms of the adapter's documentation: strings, numbers, booleans, lists and
 *     maps of these; stored with the run, so never secrets
 */
public record AgentRef(String id, Map<String, Object> settings) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the id is blank, a text cannot be stored, or a setting is not of the types above
     */
    public AgentRef {
        Check.storable("agent.id", Check.notBlank("agent.id", id));
        settings = Settings.copyOf("agent.settings", settings);
    }

    public static AgentRef of(String id) {
        return new AgentRef(id, Map.of());
    }
}
