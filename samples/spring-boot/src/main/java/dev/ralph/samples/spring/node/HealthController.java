/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.node;

import dev.ralph.Orchestrator;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The three questions of health on the port of the API. Anybody may ask whether the node is alive and ready, and hears which
 * checks are not; the full report names folders and agents, and security says who gets it. {@link ManagementPort} gives out
 * everything.
 */
@RestController
@Tag(name = "node")
public final class HealthController {

    private final Orchestrator orchestrator;

    public HealthController(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /**
     * A report without messages and details.
     *
     * @param status {@code healthy} or {@code unhealthy}
     * @param timestamp when
     * @param checks what each check found
     */
    record Summary(String status, Instant timestamp, Map<String, Check> checks) {

        record Check(CheckStatus status) {}

        static Summary of(HealthReport report) {
            Map<String, Check> checks = new LinkedHashMap<>();
            report.checks().forEach((name, result) -> checks.put(name, new Check(result.status())));
            return new Summary(report.healthy() ? "healthy" : "unhealthy", report.timestamp(), checks);
        }
    }

    @GetMapping("/live")
    @Operation(summary = "Whether the process can go on; if not, replace it")
    @ApiResponse(responseCode = "200", description = "It can")
    @ApiResponse(responseCode = "503", description = "It cannot")
    ResponseEntity<Object> live() {
        HealthReport report = orchestrator.health().live();
        return answer(report, Summary.of(report));
    }

    @GetMapping("/ready")
    @Operation(summary = "Whether the node can take work; if not, send it none and wait")
    @ApiResponse(responseCode = "200", description = "It can")
    @ApiResponse(responseCode = "503", description = "It cannot")
    ResponseEntity<Object> ready() {
        HealthReport report = orchestrator.health().ready();
        return answer(report, Summary.of(report));
    }

    @GetMapping("/health")
    @Operation(summary = "Everything, for people")
    @ApiResponse(responseCode = "200", description = "No check is down")
    @ApiResponse(responseCode = "503", description = "A check is down")
    ResponseEntity<Object> health() {
        HealthReport report = orchestrator.health().full();
        return answer(report, report.toJson());
    }

    private static ResponseEntity<Object> answer(HealthReport report, Object body) {
        return ResponseEntity.status(report.healthy() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
