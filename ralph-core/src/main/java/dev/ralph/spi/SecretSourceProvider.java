/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes secret sources. Asked before every other provider, so it gets configuration only. */
public interface SecretSourceProvider {

    /** Unique among secret sources. */
    String id();

    /**
     * Makes the source.
     *
     * @param properties configuration by environment name
     */
    SecretSource create(Function<String, Optional<String>> properties);

    /** Names of the {@code RALPH_*} configuration values it reads, as for {@link Provider#properties}. */
    default Set<String> properties() {
        return Set.of();
    }
}
