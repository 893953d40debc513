/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.SecretSourceProvider;
import dev.ralph.spring.boot.properties.RalphSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.springframework.boot.env.ConfigTreePropertySource;

/** What providers of stores and caches are offered when their products are beans. */
final class HostContext implements ProviderContext {

    private static final String SECRETS_DIR = "RALPH_SECRETS_DIR";

    private final RalphSettings settings;
    private final List<SecretSource> sources;
    private final Map<String, String> variables;

    /**
     * Asks plug-ins of a class loader, too.
     *
     * @param sources secret sources that are beans, in their order
     * @param variables of the environment, which are asked for secrets last
     */
    HostContext(
            RalphSettings settings, List<SecretSource> sources, Map<String, String> variables, ClassLoader plugIns) {
        this.settings = settings;
        this.variables = Map.copyOf(variables);
        List<SecretSource> all = new ArrayList<>(sources);
        ServiceLoader.load(SecretSourceProvider.class, plugIns)
                .forEach(provider -> all.add(provider.create(settings::find)));
        this.sources = List.copyOf(all);
    }

    @Override
    public Optional<String> property(String name) {
        return settings.find(name);
    }

    @Override
    public SecretSource secrets() {
        return name -> sources.stream()
                .map(source -> source.find(name))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> inFolder(name))
                .or(() -> Optional.ofNullable(variables.get(name))
                        .filter(value -> !value.isBlank())
                        .map(value -> new Secret(name, value)));
    }

    private Optional<Secret> inFolder(String name) {
        return property(SECRETS_DIR)
                .map(Path::of)
                .filter(Files::isDirectory)
                .map(folder -> new ConfigTreePropertySource("ralph.secrets-dir", folder).getProperty(name))
                .map(value -> value.toString().strip())
                .filter(value -> !value.isEmpty())
                .map(value -> new Secret(name, value));
    }

    /** None: what keeps runs or caches starts no processes. */
    @Override
    public ProcessLauncher processes() {
        throw new UnsupportedOperationException("there are no processes for stores and caches; an agent, a gate or a"
                + " workspace gets them from the orchestrator");
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }
}
