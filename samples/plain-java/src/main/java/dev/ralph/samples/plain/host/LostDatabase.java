/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;

/**
 * The check of a database that could not be opened.
 *
 * @param why the value and the fix
 */
record LostDatabase(String why) implements HealthProbe {

    @Override
    public String name() {
        return "database";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public CheckResult check() {
        return CheckResult.down(why);
    }
}
