/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.health.CheckResult;
import dev.ralph.health.Health;
import dev.ralph.health.HealthReport;
import dev.ralph.health.SystemFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Health of a process whose orchestrator is still being made: until it is there, alive and not ready. Thread-safe. */
final class LateHealth implements Health {

    private static final CheckResult STARTING =
            CheckResult.down("this process is starting, and takes work once it has opened the database; wait");

    private final Instant begun = Instant.now();
    private volatile @Nullable Health there;

    /** It is there. */
    void become(Health health) {
        there = health;
    }

    @Override
    public HealthReport live() {
        Health health = there;
        return health == null ? report(true, Map.of()) : health.live();
    }

    @Override
    public HealthReport ready() {
        Health health = there;
        return health == null ? report(false, Map.of("orchestrator", STARTING)) : health.ready();
    }

    @Override
    public HealthReport full() {
        Health health = there;
        return health == null ? ready() : health.full();
    }

    private HealthReport report(boolean healthy, Map<String, CheckResult> checks) {
        Instant now = Instant.now();
        return new HealthReport(healthy, now, checks, new SystemFigures(null, null, Duration.between(begun, now)));
    }
}
