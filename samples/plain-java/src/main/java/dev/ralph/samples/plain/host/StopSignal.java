/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

/** A request of the user or the system to stop. */
public enum StopSignal {
    /** Ctrl-C. */
    INTERRUPT,
    /** What service managers and {@code kill} send. */
    TERMINATE
}
