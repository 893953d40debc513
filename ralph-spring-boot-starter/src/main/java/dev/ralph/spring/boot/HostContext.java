/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.ConfigurationException;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.SecretSourceProvider;
import dev.ralph.spring.boot.properties.PropertyText;
import dev.ralph.spring.boot.properties.RalphSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** What providers of stores and caches are offered when their products are beans. */
final class HostContext implements ProviderContext {

    private static final String SECRETS_DIR = "RALPH_SECRETS_DIR";

    private final RalphSettings settings;
    private final ConfigurableEnvironment environment;
    private final List<SecretSource> sources;
    private final Map<String, String> variables;
    private final Set<Secret> handedOut = ConcurrentHashMap.newKeySet();

    /**
     * Asks plug-ins of a class loader, too.
     *
     * @param sources secret sources that are beans, in their order
     * @param variables of the environment, which are asked last, for configuration and for secrets
     * @throws ConfigurationException if two plug-ins have one id
     */
    HostContext(
            RalphSettings settings,
            ConfigurableEnvironment environment,
            List<SecretSource> sources,
            Map<String, String> variables,
            ClassLoader plugIns) {
        this.settings = settings;
        this.environment = environment;
        this.variables = Map.copyOf(variables);
        List<SecretSource> all = new ArrayList<>(sources);
        byId(plugIns).values().forEach(provider -> all.add(provider.create(this::property)));
        this.sources = List.copyOf(all);
    }

    /** As the library does it: which of two would be asked first cannot be told. */
    private static Map<String, SecretSourceProvider> byId(ClassLoader plugIns) {
        Map<String, SecretSourceProvider> byId = new LinkedHashMap<>();
        for (SecretSourceProvider provider : ServiceLoader.load(SecretSourceProvider.class, plugIns)) {
            SecretSourceProvider other = byId.putIfAbsent(provider.id(), provider);
            if (other != null) {
                throw new ConfigurationException("two providers of secret sources have the id '" + provider.id() + "': "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName() + "; keep one of them");
            }
        }
        return byId;
    }

    /**
     * What plug-ins read may have any name: what the settings do not know is looked for under that name in the sources of the
     * application, variables of the environment among them.
     */
    @Override
    public Optional<String> property(String name) {
        return settings.find(name)
                .or(() -> PropertyText.find(environment, name))
                .or(() -> Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank()))
                .map(String::strip);
    }

    @Override
    public SecretSource secrets() {
        return name -> {
            Optional<Secret> found = sources.stream()
                    .map(source -> source.find(name))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> inFolder(name))
                    .or(() -> Optional.ofNullable(variables.get(name))
                            .filter(value -> !value.isBlank())
                            .map(value -> new Secret(name, value)));
            found.ifPresent(handedOut::add);
            return found;
        };
    }

    /** What {@link #secrets} has found so far. */
    Set<Secret> handedOut() {
        return Set.copyOf(handedOut);
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
