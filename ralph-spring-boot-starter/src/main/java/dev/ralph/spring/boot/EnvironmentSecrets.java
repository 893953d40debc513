/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spring.boot.properties.PropertyText;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Secrets from any property source of the application, by their own names, except the variables of the environment: these are
 * asked last, after folders and plug-ins.
 */
final class EnvironmentSecrets implements SecretSource {

    /** What Boot puts before all sources, to answer for them under other spellings. */
    private static final String ALL = "configurationProperties";

    private static final Set<String> LEFT_OUT =
            Set.of(ALL, StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    private final ConfigurableEnvironment environment;

    EnvironmentSecrets(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Optional<Secret> find(String name) {
        return environment.getPropertySources().stream()
                .filter(source -> !LEFT_OUT.contains(source.getName()))
                .map(source -> source.getProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(value ->
                        PropertyText.resolved(environment, value.toString()).strip())
                .filter(value -> !value.isEmpty())
                .map(value -> new Secret(name, value));
    }
}
