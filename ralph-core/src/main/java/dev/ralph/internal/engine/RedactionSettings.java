/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import dev.ralph.internal.worker.Redactor;
import java.util.Locale;

/** What configuration says of the masking of secrets. */
final class RedactionSettings {

    private RedactionSettings() {}

    /** Masks what has the shape of a secret, unless the host does not want it; known secrets in any case. */
    static Redactor redactor(Configuration configuration) {
        boolean shapes = configuration
                .find(ConfigKeys.REDACT_PATTERNS, RedactionSettings::yesOrNo, "true or false")
                .orElse(true);
        return shapes ? Redactor.ofValuesAndShapes() : Redactor.ofValues();
    }

    private static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
