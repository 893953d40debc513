/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.SecretSourceProvider;
import dev.ralph.spring.boot.properties.RalphProperties;
import dev.ralph.spring.boot.properties.RalphSettings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SecretOrderTest {

    private final StandardEnvironment environment = new StandardEnvironment();
    private final Map<String, String> variables =
            new HashMap<>(Map.of("API_KEY", "of-the-variables", "TOKEN", "of-all"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path jar;

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

    @Test
    void plugInsGoBeforeTheFolder() throws IOException {
        Files.writeString(folder.resolve("API_KEY"), "of-the-folder");
        plugIn(Vault.class);
        set("ralph.vault-addr", "safe");

        assertThat(find("API_KEY")).isEqualTo("API_KEY at safe");
    }

    @Test
    void propertiesOfTheApplicationGoBeforePlugIns() throws IOException {
        plugIn(Vault.class);
        set("ralph.vault-addr", "safe");
        set("API_KEY", "of-the-properties");

        assertThat(find("API_KEY")).isEqualTo("of-the-properties");
    }

    @Test
    void plugInsAreConfiguredByVariablesOfTheEnvironment() throws IOException {
        plugIn(Vault.class);
        variables.put("RALPH_VAULT_ADDR", "of-the-variables");

        assertThat(find("API_KEY")).isEqualTo("API_KEY at of-the-variables");
    }

    @Test
    void aStrongerSourceGoesBeforeTheVariableThatConfiguresAPlugIn() throws IOException {
        plugIn(Vault.class);
        variables.put("RALPH_VAULT_ADDR", "of-the-variables");
        set("ralph.vault-addr", "of-the-properties");

        assertThat(find("API_KEY")).isEqualTo("API_KEY at of-the-properties");
    }

    @Test
    void plugInsAreConfiguredUnderNamesThatAreNoneOfRalphs() throws IOException {
        plugIn(Vault.class);
        variables.put("VAULT_ADDR", "of-the-variables");
        assertThat(find("API_KEY")).isEqualTo("API_KEY at of-the-variables");

        set("VAULT_ADDR", "of-the-properties");
        assertThat(find("API_KEY")).isEqualTo("API_KEY at of-the-properties");
    }

    @Test
    void twoPlugInsWithOneIdAreRefused() throws IOException {
        plugIn(Vault.class);
        plugIn(OtherVault.class);

        assertThatThrownBy(() -> find("API_KEY"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two providers of secret sources have the id 'vault'")
                .hasMessageContaining("keep one of them");
    }

    private void set(String name, String value) {
        environment.getPropertySources().addFirst(new MapPropertySource(name, Map.of(name, value)));
    }

    /** Puts it into a service file that only {@link #find} sees. */
    private void plugIn(Class<? extends SecretSourceProvider> provider) throws IOException {
        Path file = jar.resolve("META-INF/services/" + SecretSourceProvider.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, provider.getName() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String find(String name) throws IOException {
        MutablePropertySources sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
        sources.addLast(new MapPropertySource("folder", Map.of("ralph.secrets-dir", folder.toString())));
        try (URLClassLoader plugIns =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            RalphSettings settings = RalphSettings.of(
                    environment,
                    List.of(Binder.get(environment)
                            .bind("ralph", RalphProperties.class)
                            .get()),
                    variables);
            HostContext context = new HostContext(
                    settings, environment, List.of(new EnvironmentSecrets(environment)), variables, plugIns);
            return context.secrets().find(name).map(Secret::reveal).orElse("nothing");
        }
    }

    /** Has the API key alone, if it is told where it is. */
    public static class Vault implements SecretSourceProvider {

        @Override
        public String id() {
            return "vault";
        }

        @Override
        public SecretSource create(Function<String, Optional<String>> properties) {
            Optional<String> address = properties.apply("RALPH_VAULT_ADDR").or(() -> properties.apply("VAULT_ADDR"));
            return name -> address.filter(known -> name.equals("API_KEY"))
                    .map(known -> new Secret(name, name + " at " + known));
        }
    }

    /** Another of the same id. */
    public static final class OtherVault extends Vault {}
}
