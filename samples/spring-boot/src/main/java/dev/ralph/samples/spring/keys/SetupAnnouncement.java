/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

/** When a start prints a set-up token for a tenant that has no good administrator's key. */
public enum SetupAnnouncement {
    /** Unless administrators come from an OpenID provider. */
    AUTO,
    /** Beside an OpenID provider, too. */
    ALWAYS,
    /** As {@link #ALWAYS}, and at each start another one instead of the one that was printed before, which may be lost. */
    RENEW,
    /** At no start. */
    NEVER
}
