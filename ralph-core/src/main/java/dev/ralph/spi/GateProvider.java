/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.GateRef;
import java.util.Set;

/** Builds gates of one type from what is stored with a run. Rules as for {@link Provider}. */
public interface GateProvider {

    /** The {@link GateRef#type} it builds; unique. */
    String type();

    /**
     * Builds the gate again on whichever node needs it. Called at submission too, so that bad settings are refused
     * before anything is stored.
     *
     * @throws dev.ralph.ConfigurationException if the settings are missing or wrong
     */
    Gate create(GateRef ref);

    /** Names of the {@code RALPH_*} configuration values it reads, as for {@link Provider#properties}. */
    default Set<String> properties() {
        return Set.of();
    }
}
