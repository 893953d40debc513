/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ralph.health.Health;
import dev.ralph.health.HealthReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests with reports. What a client sent is never part of an answer. Thread-safe. */
public final class HealthHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HealthHandler.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;

    private final Map<String, Supplier<HealthReport>> reports;

    public HealthHandler(Health health) {
        reports = Map.of("/live", health::live, "/ready", health::ready, "/health", health::full);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Connection", "close");
            Supplier<HealthReport> report = reports.get(exchange.getRequestURI().getPath());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (report == null) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                headers.set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
            } else {
                answer(exchange, report, head);
            }
        }
    }

    private static void answer(HttpExchange exchange, Supplier<HealthReport> question, boolean head)
            throws IOException {
        HealthReport report;
        byte[] body;
        try {
            report = question.get();
            body = report.toJson().getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            LOG.error("The health report could not be made", e);
            exchange.sendResponseHeaders(FAILED, NO_BODY);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(report.healthy() ? OK : UNAVAILABLE, head ? NO_BODY : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
