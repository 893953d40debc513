/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.InvalidValueException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment of a process, built up from nothing. Immutable. */
public final class Environment {

    static final String MARKER = "RALPH_PROCESS";

    /** A shell passes on no other names. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Environment EMPTY = new Environment(Map.of());

    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public static Environment empty() {
        return EMPTY;
    }

    /**
     * Picks variables of this JVM's own environment.
     *
     * @param patterns names, or beginnings of names followed by {@code *}; what is not set is left out
     * @throws InvalidValueException if a pattern is neither
     */
    public static Environment allowing(String... patterns) {
        return allowing(Arrays.asList(patterns), System.getenv());
    }

    /**
     * Picks variables of a given environment.
     *
     * @param patterns as above
     * @param host where to pick from
     * @throws InvalidValueException if a pattern is neither a name nor the beginning of one followed by {@code *}
     */
    public static Environment allowing(List<String> patterns, Map<String, String> host) {
        Map<String, String> picked = new LinkedHashMap<>();
        for (String pattern : patterns) {
            boolean open = pattern.endsWith("*");
            String name = open ? pattern.substring(0, pattern.length() - 1) : pattern;
            if (!NAME.matcher(name).matches()) {
                throw new InvalidValueException(
                        "environment pattern", pattern, "must be a variable's name, or its beginning followed by *");
            }
            host.forEach((key, value) -> {
                if (open ? key.startsWith(name) : key.equals(name)) {
                    picked.put(key, value);
                }
            });
        }
        picked.keySet().removeIf(key -> key.equals(MARKER) || !NAME.matcher(key).matches());
        return new Environment(picked);
    }

    /**
     * Adds or replaces a variable.
     *
     * @throws InvalidValueException if the name is not one a shell passes on, is {@code RALPH_PROCESS}, or the value
     *     contains a NUL character
     */
    public Environment with(String name, String value) {
        check(name, value);
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Environment(more);
    }

    /** Adds or replaces variables, as {@link #with(String, String)} does. */
    public Environment with(Map<String, String> more) {
        Environment result = this;
        for (Map.Entry<String, String> entry : more.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue());
        }
        return result;
    }

    /** All of it; unmodifiable. */
    public Map<String, String> variables() {
        return variables;
    }

    static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "environment name", name, "must consist of letters, digits and _ and not begin with a digit");
        }
        if (name.equals(MARKER)) {
            throw new InvalidValueException("environment name", name, "is set by the launcher; choose another name");
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidValueException("environment value of", name, "must not contain a NUL character");
        }
    }

    /** Names only, never values. */
    @Override
    public String toString() {
        return "Environment" + new TreeMap<>(variables).keySet();
    }
}
