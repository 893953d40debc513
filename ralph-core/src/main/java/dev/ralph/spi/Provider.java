/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.util.Set;

/**
 * Makes one kind of plug-in. Implementations are stateless, have a public no-argument constructor and are named in a
 * service file (and in {@code module-info} where there is one). Two providers of a kind with one id are an error.
 *
 * @param <T> what it makes
 */
public interface Provider<T> {

    /** Unique among the providers of its kind; what configuration names. Letters, digits, {@code -}, {@code _}. */
    String id();

    /**
     * Names of the {@code RALPH_*} configuration values it reads. One that nobody reads is reported as a likely mistake.
     */
    default Set<String> properties() {
        return Set.of();
    }

    /**
     * Makes one instance; the orchestrator closes it.
     *
     * @throws dev.ralph.ConfigurationException if the configuration it needs is missing or wrong
     */
    T create(ProviderContext context);
}
