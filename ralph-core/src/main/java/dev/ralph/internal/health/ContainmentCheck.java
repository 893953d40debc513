/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.process.ContainmentReport;

/** How well agents are contained on this host. */
public final class ContainmentCheck implements HealthProbe {

    private final ContainmentReport report;

    public ContainmentCheck(ContainmentReport report) {
        this.report = report;
    }

    @Override
    public String name() {
        return "containment";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.NONE;
    }

    @Override
    public CheckResult check() {
        CheckResult result = report.degraded()
                ? CheckResult.degraded("agents are contained by " + report.mechanism() + " only: " + report.limitation()
                        + (report.fix() == null ? "" : "; " + report.fix()))
                : CheckResult.up();
        return result.with("level", report.level().name())
                .with("mechanism", report.mechanism().name());
    }
}
