/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.ConfigurationException;
import dev.ralph.artifact.SealedArtifactStore;
import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactStoreProvider;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What configuration says of full outputs. */
final class ArtifactSettings {

    private static final String NONE = "none";
    private static final String FILE = "file";
    private static final int DEFAULT_MEGABYTES = 64;
    private static final int MOST_MEGABYTES = 100_000;

    private ArtifactSettings() {}

    /** Makes the artifact store; null if outputs are not kept, which is so unless the host asks for files. */
    static @Nullable ArtifactStore make(
            Configuration configuration,
            Map<String, ArtifactStoreProvider> providers,
            ProviderContext context,
            Owned owned) {
        String otherwise = configuration.find(ConfigKeys.ARTIFACTS_DIR).isPresent() ? FILE : NONE;
        String id = configuration.find(ConfigKeys.ARTIFACTS).orElse(otherwise);
        if (id.equals(NONE)) {
            return null;
        }
        ArtifactStoreProvider provider = providers.get(id);
        if (provider == null) {
            throw new ConfigurationException(ConfigKeys.ARTIFACTS + " is '" + id
                    + "', but no artifact store with that id is on the class path; there are "
                    + new TreeSet<>(providers.keySet()) + " and '" + NONE + "'");
        }
        return owned.add(provider.create(context));
    }

    /**
     * What seals artifacts if the store has a seal, unless they are sealed already; null if outputs are not kept.
     *
     * @throws ConfigurationException if there is a key, and nothing would seal them
     */
    static @Nullable ArtifactStore sealed(
            @Nullable ArtifactStore artifacts, Store runs, Configuration configuration, SecretSource secrets) {
        boolean acceptClear =
                configuration.flag(ConfigKeys.ENCRYPTION_ACCEPT_CLEAR).orElse(false);
        if (artifacts == null || artifacts instanceof SealedArtifactStore) {
            return artifacts;
        }
        Optional<ContentSeal> seal = runs.contentSeal();
        if (seal.isEmpty() && hasKey(configuration, secrets)) {
            throw new ConfigurationException(ConfigKeys.ENCRYPTION_KEY + " is set and full outputs are kept ("
                    + ConfigKeys.ARTIFACTS + ", " + ConfigKeys.ARTIFACTS_DIR
                    + " or the builder's artifacts), but the store"
                    + " seals nothing, so that they would be kept in clear; use a store that seals (" + ConfigKeys.STORE
                    + "=jdbc), let a store that wraps one pass on contentSeal(), or take one of both away");
        }
        return seal.<ArtifactStore>map(found -> new SealedArtifactStore(artifacts, found, acceptClear))
                .orElse(artifacts);
    }

    private static boolean hasKey(Configuration configuration, SecretSource secrets) {
        return configuration.find(ConfigKeys.ENCRYPTION_KEY).isPresent()
                || secrets.find(ConfigKeys.ENCRYPTION_KEY).isPresent();
    }

    /** How many bytes of each output are kept. */
    static long limit(Configuration configuration) {
        int megabytes = configuration
                .find(ConfigKeys.ARTIFACTS_MAX_MB, Integer::valueOf, "a whole number of megabytes")
                .orElse(DEFAULT_MEGABYTES);
        if (megabytes < 1 || megabytes > MOST_MEGABYTES) {
            throw new ConfigurationException(
                    ConfigKeys.ARTIFACTS_MAX_MB + " is " + megabytes + ", but must be from 1 to " + MOST_MEGABYTES);
        }
        return megabytes * 1_000_000L;
    }
}
