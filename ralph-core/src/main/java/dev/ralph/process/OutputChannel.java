/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/** Where a process wrote something. */
public enum OutputChannel {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR
}
