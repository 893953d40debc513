/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.Map;

/**
 * A gate as it is stored with a run: enough for any node to build it again.
 *
 * @param type the id of the {@link dev.ralph.spi.GateProvider} that builds it
 * @param name how results and feedback call it, with secrets redacted there
 * @param settings what the provider needs: strings, numbers, booleans, lists and maps of these; never secrets
 */
public record GateRef(String type, String name, Map<String, Object> settings) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if type or name is blank, a text cannot be stored, or a setting is not of the types above
     */
    public GateRef {
        Check.storable("gate.type", Check.notBlank("gate.type", type));
        Check.storable("gate.name", Check.notBlank("gate.name", name));
        settings = Settings.copyOf("gate.settings", settings);
    }
}
