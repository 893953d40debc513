/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import dev.ralph.InvalidValueException;
import dev.ralph.internal.health.HealthJson;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to one question of {@link Health}. Immutable.
 *
 * @param healthy whether no check that was asked for it is down
 * @param timestamp when it was put together
 * @param checks what each check found, by name
 * @param system how busy process and host are
 */
public record HealthReport(boolean healthy, Instant timestamp, Map<String, CheckResult> checks, SystemFigures system) {

    /** Copies the checks. */
    public HealthReport {
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /**
     * What the check of this name found.
     *
     * @throws InvalidValueException if this report has no such check
     */
    public CheckResult check(String name) {
        CheckResult result = checks.get(name);
        if (result == null) {
            throw new InvalidValueException("check", name, "must be one of " + checks.keySet());
        }
        return result;
    }

    /**
     * As JSON, in the form deployments expect: {@code {"status":"healthy"|"unhealthy","timestamp":…,"checks":{name:{"status":
     * "UP"|"DEGRADED"|"DOWN","message":…,"details":{…}}},"system":{"cpuUsage":…,"memoryUsage":…,"uptime":…}}}. Usages are
     * percentages, the uptime is in seconds; what is not known is left out.
     */
    public String toJson() {
        return HealthJson.write(this);
    }
}
