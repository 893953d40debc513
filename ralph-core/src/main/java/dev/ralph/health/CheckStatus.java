/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

/** What a check found. */
public enum CheckStatus {
    /** All is well. */
    UP,
    /** It works, but not as well as it should; somebody should look. Never makes a report unhealthy. */
    DEGRADED,
    /** It does not work. */
    DOWN
}
