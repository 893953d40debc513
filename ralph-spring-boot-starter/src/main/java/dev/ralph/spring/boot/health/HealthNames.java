/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.health;

/** Names in Actuator's health. */
public final class HealthNames {

    /** Everything, for people. */
    public static final String FULL = "ralph";

    /** Whether the process can go on. */
    public static final String LIVENESS = "ralphLiveness";

    /** Whether this node takes work. */
    public static final String READINESS = "ralphReadiness";

    /** The status of {@link #FULL} if nothing is down and something is not as it should be. */
    public static final String DEGRADED = "DEGRADED";

    private HealthNames() {}
}
