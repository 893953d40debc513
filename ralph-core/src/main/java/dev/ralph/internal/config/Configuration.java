/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.config;

import dev.ralph.ConfigurationException;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configuration values by their environment name, from the first source that has one: builder, system properties,
 * environment, properties file, the host's defaults. {@code RALPH_MAX_COST} may also be written {@code ralph.max-cost} or
 * {@code ralph.max.cost} outside the environment.
 */
public final class Configuration {

    private static final String PREFIX = "RALPH_";
    private static final String BUILDER = "the builder";
    private static final String SYSTEM_PROPERTIES = "system properties";
    private static final String ENVIRONMENT = "the environment";
    private static final String DEFAULTS = "the host's defaults";

    private final List<Source> sources;

    private Configuration(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Reads the sources, the properties file among them if {@code RALPH_CONFIG} names one.
     *
     * @throws ConfigurationException if the file cannot be read
     */
    public static Configuration of(
            Map<String, String> builder,
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> defaults) {
        List<Source> sources = new ArrayList<>();
        Stream.of(builder, defaults)
                .flatMap(values -> values.keySet().stream())
                .sorted()
                .forEach(Configuration::requireName);
        sources.add(Source.of(BUILDER, builder));
        sources.add(Source.of(SYSTEM_PROPERTIES, systemProperties));
        sources.add(Source.of(ENVIRONMENT, environment));
        new Configuration(sources)
                .find(ConfigKeys.CONFIG, Path::of, "the path of a properties file")
                .ifPresent(file -> sources.add(Source.of(file.toString(), read(file))));
        sources.add(Source.of(DEFAULTS, defaults));
        return new Configuration(sources);
    }

    /** The value of a name, stripped; empty if no source has it or it is blank. */
    public Optional<String> find(String name) {
        return entry(name).map(Entry::value);
    }

    /** A comma-separated list; empty if not set. */
    public List<String> list(String name) {
        return find(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /**
     * A value in another type.
     *
     * @param parse throws {@link RuntimeException} on bad input
     * @param expected what is expected, for the message
     * @throws ConfigurationException naming the value, its source and what is expected
     */
    public <T> Optional<T> find(String name, Function<String, T> parse, String expected) {
        Optional<Entry> entry = entry(name);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(entry.get().value()));
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    name + " is '" + entry.get().value() + "' in " + entry.get().source() + ", but must be " + expected,
                    e);
        }
    }

    /**
     * A value that is true or false; empty if not set.
     *
     * @throws ConfigurationException if it is neither
     */
    public Optional<Boolean> flag(String name) {
        return find(name, Configuration::trueOrFalse, "true or false");
    }

    private static boolean trueOrFalse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /**
     * The limits of runs that name none.
     *
     * @throws ConfigurationException if a value is not of its type or outside its range
     */
    public Limits limits() {
        LimitsBuilder limits = Limits.builder();
        limit(ConfigKeys.MAX_ITERATIONS, Integer::valueOf, limits::maxIterations, "a whole number from 1 to 1000000");
        limit(
                ConfigKeys.MAX_RUNTIME,
                text -> Duration.ofSeconds(Long.parseLong(text)),
                limits::maxRuntime,
                "a whole number of seconds from 1 on, up to ten years");
        limit(ConfigKeys.MAX_TOKENS, Long::valueOf, limits::maxTokens, "a whole number of tokens from 0 on");
        limit(
                ConfigKeys.MAX_COST,
                BigDecimal::new,
                limits::maxCost,
                "a decimal number of US dollars from 0 on, such as 5.00");
        return limits.build();
    }

    /** The limits themselves know their ranges; checked one by one, so that the message names the value at fault. */
    private <T> void limit(String name, Function<String, T> parse, Function<T, LimitsBuilder> set, String expected) {
        find(name, text -> set.apply(parse.apply(text)).build(), expected);
    }

    /**
     * What is likely a mistake: {@code RALPH_*} names nobody reads, each with the nearest name somebody does, and values
     * given where those who read them do not look.
     *
     * @param known names that others read
     */
    public List<String> warnings(Set<String> known) {
        Set<String> all = new TreeSet<>(ConfigKeys.ALL);
        all.addAll(known);
        Set<String> offered = new TreeSet<>(all);
        offered.remove(ConfigKeys.PROCESS);
        List<String> warnings = new ArrayList<>();
        for (Source source : sources) {
            source.values().keySet().stream()
                    .filter(name -> name.startsWith(PREFIX) && !all.contains(name))
                    .sorted()
                    .map(name -> "unknown configuration value " + name + " in " + source.name() + "; did you mean "
                            + NearestName.of(name, offered) + "?")
                    .forEach(warnings::add);
        }
        warnings.addAll(unheardOfEndpoint());
        return warnings;
    }

    /** The endpoint is started by the host, and knows no builder. */
    private List<String> unheardOfEndpoint() {
        List<String> warnings = new ArrayList<>();
        boolean fileOfBuilder = entry(ConfigKeys.CONFIG)
                .filter(file -> file.source().equals(BUILDER))
                .isPresent();
        Set<String> heard = Set.of(SYSTEM_PROPERTIES, ENVIRONMENT);
        for (Source source : sources) {
            boolean file =
                    !heard.contains(source.name()) && !Set.of(BUILDER, DEFAULTS).contains(source.name());
            for (String name : List.of(ConfigKeys.METRICS_HOST, ConfigKeys.METRICS_PORT, ConfigKeys.ENABLE_METRICS)) {
                if (source.values().containsKey(name) && !heard.contains(source.name()) && (!file || fileOfBuilder)) {
                    warnings.add(name + " in " + source.name() + " does nothing: the health endpoint reads system"
                            + " properties, the environment and the file that RALPH_CONFIG names there; set it there,"
                            + " or give host, port and metrics to HealthEndpoint.builder");
                }
            }
        }
        return warnings;
    }

    private static void requireName(String key) {
        if (Source.canonical(key) == null) {
            throw new ConfigurationException("the builder's property '" + key
                    + "' is no name of a configuration value; write it like RALPH_MAX_COST or ralph.max-cost");
        }
    }

    private Optional<Entry> entry(String name) {
        for (Source source : sources) {
            String value = source.values().get(name);
            if (value != null && !value.isBlank()) {
                return Optional.of(new Entry(value.strip(), source.name()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    ConfigKeys.CONFIG + " names " + file + ", which cannot be read as a UTF-8 properties file (" + e
                            + "); correct the path or the file",
                    e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private record Entry(String value, String source) {}

    private record Source(String name, Map<String, String> values) {

        static Source of(String name, Map<String, String> raw) {
            Map<String, String> values = new LinkedHashMap<>();
            raw.forEach((key, value) -> {
                String canonical = canonical(key);
                if (canonical != null) {
                    values.putIfAbsent(canonical, value);
                }
            });
            return new Source(name, values);
        }

        /** The environment name of a key; other programs' lower-case keys are none. */
        private static @Nullable String canonical(String key) {
            if (key.startsWith("ralph.")) {
                return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
            }
            return key.equals(key.toUpperCase(Locale.ROOT)) ? key : null;
        }
    }
}
