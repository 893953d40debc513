/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one check. Immutable if the values of its details are.
 *
 * @param status what it found
 * @param message what is wrong, with the value and the fix; null if there is nothing to say. Never the content of runs, and no
 *     credentials: whoever may ask for health reads it
 * @param details figures and names, in order: texts, numbers, truth values
 */
public record CheckResult(CheckStatus status, @Nullable String message, Map<String, Object> details) {

    /** Copies the details. */
    public CheckResult {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** All is well. */
    public static CheckResult up() {
        return new CheckResult(CheckStatus.UP, null, Map.of());
    }

    /**
     * It works, but not as it should.
     *
     * @param message the value and the fix
     */
    public static CheckResult degraded(String message) {
        return new CheckResult(CheckStatus.DEGRADED, message, Map.of());
    }

    /**
     * It does not work.
     *
     * @param message the value and the fix
     */
    public static CheckResult down(String message) {
        return new CheckResult(CheckStatus.DOWN, message, Map.of());
    }

    /** With one more detail. */
    public CheckResult with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new CheckResult(status, message, more);
    }
}
