/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import dev.ralph.internal.worker.Redactor;

/** What configuration says of the masking of secrets. */
final class RedactionSettings {

    private RedactionSettings() {}

    /** Masks what has the shape of a secret, unless the host does not want it; known secrets in any case. */
    static Redactor redactor(Configuration configuration) {
        boolean shapes = configuration.flag(ConfigKeys.REDACT_PATTERNS).orElse(true);
        return shapes ? Redactor.ofValuesAndShapes() : Redactor.ofValues();
    }
}
