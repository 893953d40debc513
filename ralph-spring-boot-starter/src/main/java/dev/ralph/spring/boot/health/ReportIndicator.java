/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.health;

import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthReport;
import dev.ralph.health.SystemFigures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** One question to the orchestrator. Blocks for as long as its probes may take; asks nothing while their answers hold. */
final class ReportIndicator implements HealthIndicator {

    /** Which question, and so what it means if the answer is no. */
    enum Kind {
        FULL,
        LIVENESS,
        READINESS
    }

    private static final Status DEGRADED =
            new Status(HealthNames.DEGRADED, "it works, but not as it should; see the checks");

    private final Supplier<HealthReport> question;
    private final Kind kind;

    ReportIndicator(Supplier<HealthReport> question, Kind kind) {
        this.question = question;
        this.kind = kind;
    }

    @Override
    public Health health() {
        HealthReport report = question.get();
        Health.Builder health = Health.status(status(report));
        report.checks().forEach((name, result) -> health.withDetail(name, detail(result)));
        if (kind == Kind.FULL) {
            health.withDetail("system", figures(report.system()));
        }
        return health.build();
    }

    private Status status(HealthReport report) {
        if (!report.healthy()) {
            return kind == Kind.READINESS ? Status.OUT_OF_SERVICE : Status.DOWN;
        }
        boolean degraded = kind == Kind.FULL
                && report.checks().values().stream().anyMatch(result -> result.status() == CheckStatus.DEGRADED);
        return degraded ? DEGRADED : Status.UP;
    }

    private static Map<String, Object> detail(CheckResult result) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", result.status().name());
        if (result.message() != null) {
            detail.put("message", result.message());
        }
        if (!result.details().isEmpty()) {
            detail.put("details", result.details());
        }
        return detail;
    }

    private static Map<String, Object> figures(SystemFigures system) {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (system.cpuUsage() != null) {
            figures.put("cpuUsage", system.cpuUsage());
        }
        if (system.memoryUsage() != null) {
            figures.put("memoryUsage", system.memoryUsage());
        }
        figures.put("uptime", system.uptime().toSeconds());
        return figures;
    }
}
