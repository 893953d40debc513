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
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Store;
import java.util.Locale;
import java.util.Map;
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

    /** What seals artifacts if the store has a seal, unless they are sealed already; null if outputs are not kept. */
    static @Nullable ArtifactStore sealed(@Nullable ArtifactStore artifacts, Store runs, Configuration configuration) {
        boolean acceptClear = configuration
                .find(ConfigKeys.ENCRYPTION_ACCEPT_CLEAR, ArtifactSettings::yesOrNo, "true or false")
                .orElse(false);
        if (artifacts == null || artifacts instanceof SealedArtifactStore) {
            return artifacts;
        }
        return runs.contentSeal()
                .<ArtifactStore>map(seal -> new SealedArtifactStore(artifacts, seal, acceptClear))
                .orElse(artifacts);
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

    private static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
