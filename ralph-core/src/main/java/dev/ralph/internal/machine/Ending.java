/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.StopReason;
import dev.ralph.Verification;
import org.jspecify.annotations.Nullable;

/** How the run ends, once that is decided. */
public record Ending(
        StopReason reason,
        Verification verification,
        @Nullable String detail) {

    static Ending of(StopReason reason, @Nullable String detail) {
        return new Ending(reason, Verification.NONE, detail);
    }
}
