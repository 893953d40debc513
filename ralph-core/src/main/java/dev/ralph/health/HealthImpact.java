/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

/** What it means for the node if a check is {@link CheckStatus#DOWN}. */
public enum HealthImpact {
    /** Only a new process helps: not alive, not ready, unhealthy. For very few things; a lost database is none of them. */
    LIVENESS,
    /** No work should be sent here until it is up again: not ready, unhealthy. */
    READINESS,
    /** The node works as before: unhealthy in the full report alone. */
    NONE
}
