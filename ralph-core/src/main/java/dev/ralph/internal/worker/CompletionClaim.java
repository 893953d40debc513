/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

/** Whether an agent's result claims completion. */
final class CompletionClaim {

    private CompletionClaim() {}

    /** Whether the last non-blank line of the result is the promise, and nothing else stands on it. */
    static boolean promised(String result, String promise) {
        String stripped = result.stripTrailing();
        int lineStart = Math.max(stripped.lastIndexOf('\n'), stripped.lastIndexOf('\r')) + 1;
        return stripped.substring(lineStart).strip().equals(promise);
    }
}
