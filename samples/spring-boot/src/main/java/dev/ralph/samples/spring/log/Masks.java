/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import dev.ralph.log.Redaction;
import dev.ralph.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertyResolver;

/** Masks the secrets this application knows of, and keys to its own API, which nobody knows. Thread-safe. */
final class Masks implements Redaction {

    /** Names of properties and variables that hold a secret by their looks; one too many masks a harmless value. */
    private static final Pattern NAMES = Pattern.compile(
            "(?!host[._-]keys[._-])(?!.*[._-](file|path|dir|location)$).*(key|token|secret|passw|credential|dsn).*");

    private static final Pattern BETWEEN = Pattern.compile("[,;:\\s]+");
    private static final int LEAST_PART = 12;

    /** The parts of keys and set-up tokens that are no secret stay: they tell which one it was. */
    private static final Pattern OWN_KEYS = Pattern.compile("\\b(ralph_(?:[0-9a-f]{24}|setup))_[0-9a-f]{64}\\b");

    private final CopyOnWriteArrayList<Redaction> all = new CopyOnWriteArrayList<>();

    Masks() {
        all.add(text -> OWN_KEYS.matcher(text).replaceAll("$1_[redacted]"));
    }

    /** What masks the secrets that are configured: as they stand there, and as they are read where they refer to others. */
    static Redaction of(ConfigurableEnvironment environment) {
        List<Secret> secrets = new ArrayList<>();
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source)
                .forEach(source -> Stream.of(source.getPropertyNames())
                        .filter(name ->
                                NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches())
                        .forEach(name -> learn(secrets, name, String.valueOf(source.getProperty(name)), environment)));
        return Redaction.of(secrets);
    }

    private static void learn(List<Secret> secrets, String name, String value, PropertyResolver resolver) {
        learn(secrets, name, value);
        try {
            String resolved = resolver.resolvePlaceholders(value);
            if (!resolved.equals(value)) {
                learn(secrets, name, resolved);
            }
        } catch (IllegalArgumentException e) {
            // It refers to itself: then nobody reads it as anything but what stands there.
        }
    }

    /** The value, and its parts: a variable may hold several keys with their names. */
    private static void learn(List<Secret> secrets, String name, String value) {
        if (!value.isBlank()) {
            secrets.add(new Secret(name, value));
            BETWEEN.splitAsStream(value)
                    .filter(part -> part.length() >= LEAST_PART)
                    .forEach(part -> secrets.add(new Secret(name, part)));
        }
    }

    /** From now on, what this one masks is masked, too. */
    void add(Redaction redaction) {
        all.addIfAbsent(redaction);
    }

    @Override
    public String mask(String text) {
        String masked = text;
        for (Redaction redaction : all) {
            masked = redaction.mask(masked);
        }
        return masked;
    }
}
