/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import java.util.Objects;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;

/** Values of properties as Boot's binder reads them: what refers to nothing that is there stays as it is, and stops nothing. */
public final class PropertyText {

    private PropertyText() {}

    /** The value, without blanks around it; empty if there is none, or a blank one. */
    public static Optional<String> find(ConfigurableEnvironment environment, String name) {
        return environment.getPropertySources().stream()
                .map(source -> source.getProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(value -> resolved(environment, value.toString()).strip())
                .filter(value -> !value.isEmpty());
    }

    /** The text with what it refers to in its place. */
    public static String resolved(ConfigurableEnvironment environment, String value) {
        try {
            return environment.resolvePlaceholders(value);
        } catch (IllegalArgumentException e) {
            // It refers to itself.
            return value;
        }
    }
}
