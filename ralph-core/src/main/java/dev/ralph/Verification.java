/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** What stands behind the end of a run. */
public enum Verification {
    /** The agent claimed completion and every gate, run by Ralph itself, passed. */
    VERIFIED,
    /** The agent claimed completion; the run has no gates, so nobody checked. */
    UNVERIFIED,
    /** The run did not complete. */
    NONE
}
