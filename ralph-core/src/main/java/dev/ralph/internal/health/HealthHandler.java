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
    private static final String LIVE = "/live";

    private final Map<String, Supplier<HealthReport>> reports;
    private final EndpointThreads threads;

    /**
     * Of one node.
     *
     * @param threads what requests are served on
     */
    public HealthHandler(Health health, EndpointThreads threads) {
        reports = Map.of(LIVE, health::live, "/ready", health::ready, "/health", health::full);
        this.threads = threads;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Connection", "close");
            String path = exchange.getRequestURI().getPath();
            Supplier<HealthReport> report = reports.get(path);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (report == null) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                headers.set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
            } else if (!begin(path)) {
                headers.set("Retry-After", "1");
                exchange.sendResponseHeaders(UNAVAILABLE, NO_BODY);
            } else {
                answer(exchange, report, head);
            }
        }
    }

    /** However many ask whether it is ready, whoever asks whether it is alive is answered. */
    private boolean begin(String path) {
        if (path.equals(LIVE)) {
            threads.takesLong();
            return true;
        }
        return threads.mayTakeLong();
    }

    private void answer(HttpExchange exchange, Supplier<HealthReport> question, boolean head) throws IOException {
        HealthReport report;
        byte[] body;
        try {
            report = question.get();
            body = report.toJson().getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            LOG.error("The health report could not be made", e);
            exchange.sendResponseHeaders(FAILED, NO_BODY);
            return;
        } finally {
            threads.answered();
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
