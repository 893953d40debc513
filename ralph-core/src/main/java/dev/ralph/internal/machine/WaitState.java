/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.time.Instant;

/**
 * A wait that has been decided.
 *
 * @param until when it is over
 * @param kind what for
 * @param detail in words
 */
public record WaitState(Instant until, Kind kind, String detail) {

    /** What a run waits for. */
    public enum Kind {
        BACK_OFF,
        AGENT,
        BUDGET
    }
}
