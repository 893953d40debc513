/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.ConfigurationException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A run's settings for its agent, by name and type. What is wrong names the agent, the setting and the fix. */
public final class RunSettings {

    private final String agent;
    private final Map<String, Object> values;

    /**
     * Takes the settings.
     *
     * @param agent the agent's id
     * @param known all names the agent knows
     * @throws ConfigurationException if another name is set
     */
    public RunSettings(String agent, Map<String, Object> values, Set<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(
                    "unknown settings " + unknown + " for agent '" + agent + "'; there are " + new TreeSet<>(known));
        }
        this.agent = agent;
        this.values = Map.copyOf(values);
    }

    /**
     * A text, or {@code otherwise} if it is not set.
     *
     * @throws ConfigurationException if it is no text or a blank one
     */
    public @Nullable String text(String name, @Nullable String otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(name, "must be a text that is not blank");
    }

    /**
     * A list of texts, or {@code otherwise} if it is not set.
     *
     * @throws ConfigurationException if it is anything else
     */
    public List<String> texts(String name, List<String> otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrong(name, "must be a list of strings");
    }

    /**
     * A whole number within bounds, or {@code otherwise} if it is not set.
     *
     * @throws ConfigurationException if it is anything else
     */
    public @Nullable Integer integer(String name, int min, int max, @Nullable Integer otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = new BigDecimal(value.toString()).intValueExact();
            if (value instanceof Number && number >= min && number <= max) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(name, "must be a whole number from " + min + " to " + max);
        }
        throw wrong(name, "must be a whole number from " + min + " to " + max);
    }

    /**
     * True or false, or {@code otherwise} if it is not set.
     *
     * @throws ConfigurationException if it is anything else
     */
    public boolean flag(String name, boolean otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "must be true or false");
    }

    /** A setting that is wrong. */
    public ConfigurationException wrong(String name, String rule) {
        return new ConfigurationException(
                "setting '" + name + "' of agent '" + agent + "' " + rule + ", but is " + values.get(name));
    }
}
