/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.Secret;
import dev.ralph.spring.boot.properties.RalphProperties;
import dev.ralph.spring.boot.properties.RalphSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SecretOrderTest {

    private static final Map<String, String> VARIABLES = Map.of("API_KEY", "of-the-variables", "TOKEN", "of-all");

    private final StandardEnvironment environment = new StandardEnvironment();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void variables() {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(VARIABLES)));
    }

    @Test
    void theFolderGoesBeforeVariablesOfTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("API_KEY"), "of-the-folder");

        assertThat(find("API_KEY")).isEqualTo("of-the-folder");
        assertThat(find("TOKEN")).isEqualTo("of-all");
    }

    @Test
    void propertiesOfTheApplicationGoBeforeTheFolder() throws IOException {
        Files.writeString(folder.resolve("API_KEY"), "of-the-folder");
        set("API_KEY", "${TOKEN}-placeholder");

        assertThat(find("API_KEY")).isEqualTo("of-all-placeholder");
    }

    private void set(String name, String value) {
        environment.getPropertySources().addFirst(new MapPropertySource("application", Map.of(name, value)));
    }

    private String find(String name) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("folder", Map.of("ralph.secrets-dir", folder.toString())));
        HostContext context = new HostContext(
                RalphSettings.of(
                        environment,
                        List.of(Binder.get(environment)
                                .bind("ralph", RalphProperties.class)
                                .get())),
                List.of(new EnvironmentSecrets(environment)),
                VARIABLES,
                Objects.requireNonNull(getClass().getClassLoader()));
        return context.secrets().find(name).map(Secret::reveal).orElse("nothing");
    }
}
