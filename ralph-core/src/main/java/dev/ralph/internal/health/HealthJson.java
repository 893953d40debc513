/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthReport;
import java.math.BigDecimal;

/** Writes reports as JSON. */
public final class HealthJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private HealthJson() {}

    public static String write(HealthReport report) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("status", report.healthy() ? "healthy" : "unhealthy");
        object.put("timestamp", report.timestamp().toString());
        ObjectNode checks = object.putObject("checks");
        report.checks().forEach((name, result) -> write(checks.putObject(name), result));
        ObjectNode system = object.putObject("system");
        if (report.system().cpuUsage() != null) {
            system.put("cpuUsage", report.system().cpuUsage());
        }
        if (report.system().memoryUsage() != null) {
            system.put("memoryUsage", report.system().memoryUsage());
        }
        system.put("uptime", report.system().uptime().toSeconds());
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    private static void write(ObjectNode check, CheckResult result) {
        check.put("status", result.status().name());
        if (result.message() != null) {
            check.put("message", result.message());
        }
        if (!result.details().isEmpty()) {
            ObjectNode details = check.putObject("details");
            result.details().forEach((name, value) -> put(details, name, value));
        }
    }

    private static void put(ObjectNode details, String name, Object value) {
        if (value instanceof Boolean truth) {
            details.put(name, truth);
        } else if (value instanceof Double || value instanceof Float) {
            details.put(name, ((Number) value).doubleValue());
        } else if (value instanceof BigDecimal decimal) {
            details.put(name, decimal);
        } else if (value instanceof Number number) {
            details.put(name, number.longValue());
        } else {
            details.put(name, String.valueOf(value));
        }
    }
}
