/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.util.Map;
import java.util.Optional;

/** Secrets from environment variables of the same name. */
final class EnvironmentSecrets implements SecretSource {

    private final Map<String, String> environment;

    EnvironmentSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Secret> find(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(value -> new Secret(name, value));
    }
}
