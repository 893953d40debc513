/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import dev.ralph.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Every value the application gives the library, by the library's names: what stands under {@code ralph.*}, and what stands
 * in any property source under a name of the library's that does not begin with {@code RALPH_}, such as {@code ENCRYPTION_KEY}.
 * Immutable. Its values may be secrets.
 */
public final class RalphSettings {

    /** What all properties begin with. */
    public static final String PREFIX = "ralph";

    private static final String LIBRARY_PREFIX = "RALPH_";

    private static final List<Class<? extends Record>> LIBRARY =
            List.of(RalphProperties.class, ClientProperties.class, DatabaseProperties.class, CacheProperties.class);

    private final Map<String, String> values;
    private final Map<String, String> unknown;

    private RalphSettings(Map<String, String> values, Map<String, String> unknown) {
        this.values = values;
        this.unknown = unknown;
    }

    /**
     * Gathers them.
     *
     * @param properties what was bound
     * @param variables of the environment, which the library reads itself
     * @throws dev.ralph.InvalidValueException if a time is not one of whole seconds
     * @throws ConfigurationException if a value is set under both of its names, and not to the same
     */
    public static RalphSettings of(
            ConfigurableEnvironment environment, List<? extends Record> properties, Map<String, String> variables) {
        Map<String, String> values = new LinkedHashMap<>();
        properties.forEach(record -> values.putAll(LibraryValues.of(record)));
        libraryNames().values().stream()
                .filter(name -> !name.startsWith(LIBRARY_PREFIX))
                .forEach(name -> PropertyText.find(environment, name).ifPresent(value -> putOnce(values, name, value)));
        return new RalphSettings(Map.copyOf(values), Map.copyOf(unknown(environment, variables)));
    }

    /** Which of two is meant cannot be told: each may be in the stronger source. */
    private static void putOnce(Map<String, String> values, String name, String value) {
        String other = values.putIfAbsent(name, value);
        if (other != null && !other.strip().equals(value.strip())) {
            throw new ConfigurationException(propertyOf(name).orElse(PREFIX) + " and " + name
                    + " are both set, and not to the same; remove one of them");
        }
    }

    /** A value by the library's name; empty if it is not set or blank. */
    public Optional<String> find(String libraryName) {
        return Optional.ofNullable(values.getOrDefault(libraryName, unknown.get(libraryName)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** What is for the library's builder, by the library's names. Those nobody reads it warns of, plug-ins may read more. */
    public Map<String, String> forBuilder() {
        Map<String, String> all = new LinkedHashMap<>(unknown);
        all.putAll(values);
        return all;
    }

    /** The property that has a name of the library's, for messages: {@code ralph.max-cost} for {@code RALPH_MAX_COST}. */
    public static Optional<String> propertyOf(String libraryName) {
        return libraryNames().entrySet().stream()
                .filter(entry -> entry.getValue().equals(libraryName))
                .map(entry -> PREFIX + "." + entry.getKey())
                .findFirst()
                .or(() -> Optional.of(libraryName)
                        .filter(name -> name.startsWith(LIBRARY_PREFIX))
                        .map(name -> PREFIX + "."
                                + name.substring(LIBRARY_PREFIX.length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')));
    }

    /** The library's names, by the names here without the prefix. */
    private static Map<String, String> libraryNames() {
        Map<String, String> names = new LinkedHashMap<>();
        LIBRARY.forEach(type -> names.putAll(LibraryValues.names(type)));
        return names;
    }

    /** Properties nobody here knows: typing errors, of which the library warns, or what plug-ins read. */
    private static Map<String, String> unknown(Environment environment, Map<String, String> variables) {
        Set<String> known = Stream.concat(
                        libraryNames().keySet().stream(), LibraryValues.names(HostProperties.class).keySet().stream())
                .map(RalphSettings::canonical)
                .collect(Collectors.toSet());
        Map<String, String> rest = new LinkedHashMap<>();
        Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of)
                .forEach((key, value) -> {
                    String name = canonical(key);
                    boolean nested = name.startsWith(canonical("agents") + "_");
                    // The library reads, and warns of, variables of the environment itself; a stronger source counts.
                    if (!nested && !known.contains(name) && !value.equals(variables.get(name))) {
                        rest.put(name, value);
                    }
                });
        return rest;
    }

    /** {@code max-cost}, {@code maxCost}, {@code max.cost} and {@code max-cost[0]} as {@code RALPH_MAX_COST}. */
    private static String canonical(String key) {
        return LIBRARY_PREFIX
                + LibraryValues.kebab(key.replaceAll("\\[[^]]*]", ""))
                        .replace('.', '_')
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT);
    }
}
