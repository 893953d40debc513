/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactStoreProvider;
import dev.ralph.spi.ProviderContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Makes {@link FileArtifactStore}: id {@code file}. */
public final class FileArtifactStoreProvider implements ArtifactStoreProvider {

    /** The folder; required. */
    public static final String DIRECTORY = "RALPH_ARTIFACTS_DIR";

    /** How many days artifacts are kept; for ever if not set. */
    public static final String RETENTION_DAYS = "RALPH_ARTIFACTS_RETENTION_DAYS";

    /** For the service loader. */
    public FileArtifactStoreProvider() {}

    @Override
    public String id() {
        return "file";
    }

    @Override
    public Set<String> properties() {
        return Set.of(DIRECTORY, RETENTION_DAYS);
    }

    @Override
    public ArtifactStore create(ProviderContext context) {
        Path directory = context.property(DIRECTORY)
                .map(Path::of)
                .orElseThrow(() -> new ConfigurationException("artifacts are to be kept in files, but " + DIRECTORY
                        + " does not say where; set it to a folder"));
        return new FileArtifactStore(
                directory,
                context.property(RETENTION_DAYS)
                        .map(FileArtifactStoreProvider::days)
                        .orElse(null),
                context.clock());
    }

    private static Duration days(String text) {
        String rule = RETENTION_DAYS + " '" + text + "' must be a whole number of days from 1 on";
        try {
            int days = Integer.parseInt(text.strip());
            if (days < 1) {
                throw new ConfigurationException(rule);
            }
            return Duration.ofDays(days);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(rule, e);
        }
    }
}
