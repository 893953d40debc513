/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.node.ManagementPort;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class NodeTest extends ApiTest {

    @Autowired
    private ManagementPort management;

    @BeforeAll
    static void anyFreePort() {
        System.setProperty("METRICS_PORT", "0");
    }

    @Test
    void aNodeIsAliveAndReadyWithoutSayingWhereItKeepsThings() {
        for (String path : new String[] {"/live", "/ready"}) {
            HttpResponse<String> response = get(VIEWER, path);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(json(response).path("status").asString()).isEqualTo("healthy");
            assertThat(json(response).has("system")).isFalse();
            assertThat(response.body()).doesNotContain("details", "message");
        }
        assertThat(json(get(VIEWER, "/ready"))
                        .path("checks")
                        .path("database")
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }

    @Test
    void theFullReportHasDetails() {
        HttpResponse<String> response = get(ADMIN, "/health");
        JsonNode report = json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(report.path("system").path("uptime").isNumber()).isTrue();
        assertThat(report.path("checks").has("agents")).isTrue();
    }

    @Test
    void metricsAreAsPrometheusHasThem() {
        get(VIEWER, "/api/v1/runs");
        HttpResponse<String> response = get(ADMIN, "/metrics");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;version=0.0.4;charset=utf-8");
        assertThat(response.body())
                .contains("ralph_health", "jvm_memory_used_bytes", "process_resident_memory_bytes")
                .containsPattern("http_server_requests_seconds_bucket\\{.*uri=\"/api/v1/runs\"");
    }

    @Test
    void thePortOfItsOwnHasEverythingWithoutUsers() {
        int port = management.address().orElseThrow().getPort();
        for (String path : List.of("/live", "/ready", "/health", "/metrics")) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build());
            assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
        }
    }

    @Test
    void actuatorShowsNothingBesides() {
        assertProblem(get(ADMIN, "/actuator"), 404, "not-found");
        assertProblem(get(ADMIN, "/actuator/env"), 404, "not-found");
        assertProblem(get(ADMIN, "/actuator/health"), 404, "not-found");
    }

    @Test
    void theApiDescribesItself() {
        JsonNode api = json(get(VIEWER, "/openapi"));
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.path("components")
                        .path("securitySchemes")
                        .path("bearer")
                        .path("scheme")
                        .asString())
                .isEqualTo("bearer");
        List<String> undescribed = new ArrayList<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode described = operation.getValue();
                    if (described.path("summary").asString("").isEmpty()
                            || !described.path("responses").has("503")) {
                        undescribed.add(operation.getKey() + " " + path.getKey());
                    }
                }));
        assertThat(api.path("paths").has("/api/v1/runs/{id}/events")).isTrue();
        assertThat(undescribed)
                .filteredOn(operation ->
                        !operation.contains("/keys") && !operation.contains("/setup") && !operation.contains("/me"))
                .isEmpty();
        assertThat(api.path("paths").toString()).doesNotContain("\"caller\"");
        assertThat(get(VIEWER, "/docs").statusCode()).isIn(200, 302);
    }
}
