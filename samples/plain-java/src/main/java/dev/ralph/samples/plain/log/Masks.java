/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import dev.ralph.log.Redaction;
import dev.ralph.spi.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks every secret this process knows of: those in its environment, and those that the orchestrators it makes hand out.
 * Thread-safe.
 */
final class Masks implements Redaction {

    /** Names of variables that hold a secret by their looks; one too many masks a harmless value. */
    private static final Pattern NAMES =
            Pattern.compile("(?!.*_(FILE|PATH|DIR)$).*(KEY|TOKEN|SECRET|PASSW|CREDENTIAL|SENTRY_DSN).*");

    private static final Pattern BETWEEN = Pattern.compile("[,;:\\s]+");
    private static final int LEAST_PART = 12;

    private final CopyOnWriteArrayList<Redaction> all = new CopyOnWriteArrayList<>();

    Masks(Map<String, String> environment) {
        all.add(Redaction.of(environment.entrySet().stream()
                .filter(variable -> NAMES.matcher(variable.getKey().toUpperCase(Locale.ROOT))
                        .matches())
                .filter(variable -> !variable.getValue().isBlank())
                .flatMap(variable -> secrets(variable.getKey(), variable.getValue()))
                .toList()));
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

    /** The value, and its parts: a variable may hold several keys with their names. */
    private static Stream<Secret> secrets(String name, String value) {
        return Stream.concat(
                Stream.of(new Secret(name, value)),
                BETWEEN.splitAsStream(value)
                        .filter(part -> part.length() >= LEAST_PART)
                        .map(part -> new Secret(name, part)));
    }
}
