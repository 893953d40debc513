/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.util.Optional;

/** Where secrets come from. Thread-safe; may block. */
public interface SecretSource {

    /**
     * The secret's present value, looked up each time so that rotation takes effect.
     *
     * @return empty if this source does not have it
     * @throws dev.ralph.ConfigurationException if the source has it but cannot read it
     */
    Optional<Secret> find(String name);
}
