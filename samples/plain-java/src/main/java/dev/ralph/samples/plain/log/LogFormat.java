/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

/** How a line of the log looks. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For machines: a JSON object a line. */
    JSON
}
