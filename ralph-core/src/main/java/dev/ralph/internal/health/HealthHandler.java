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
import dev.ralph.log.LogText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests with reports and metrics. What a client sent is never part of an answer. Thread-safe. */
public final class HealthHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HealthHandler.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;

    private final Map<String, Question> questions;
    private final EndpointThreads threads;

    /**
     * Of one node.
     *
     * @param metrics null if there are none
     * @param threads what requests are served on
     */
    public HealthHandler(Health health, @Nullable MetricsText metrics, EndpointThreads threads) {
        Map<String, Question> known = new HashMap<>();
        known.put("/live", new Question(() -> isAnsweredAlways(threads), () -> Page.of(health.live())));
        known.put("/ready", new Question(threads::mayTakeLong, () -> Page.of(health.ready())));
        known.put("/health", new Question(threads::mayTakeLong, () -> Page.of(health.full())));
        if (metrics != null) {
            known.put("/metrics", new Question(threads::mayGather, () -> Page.of(metrics)));
        }
        this.questions = Map.copyOf(known);
        this.threads = threads;
    }

    /** However many ask whether it is ready, whoever asks whether it is alive is answered. */
    private static boolean isAnsweredAlways(EndpointThreads threads) {
        threads.takesLong();
        return true;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Connection", "close");
            Question question = questions.get(exchange.getRequestURI().getPath());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (question == null) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                headers.set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
            } else if (!question.begin().getAsBoolean()) {
                headers.set("Retry-After", "1");
                exchange.sendResponseHeaders(UNAVAILABLE, NO_BODY);
            } else {
                answer(exchange, question, head);
            }
        }
    }

    private void answer(HttpExchange exchange, Question question, boolean head) throws IOException {
        Page page;
        byte[] body;
        try {
            page = question.page().get();
            body = page.body().getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            LOG.error("What was asked of the health endpoint could not be answered", LogText.failure(e));
            exchange.sendResponseHeaders(FAILED, NO_BODY);
            return;
        } finally {
            threads.answered();
        }
        exchange.getResponseHeaders().set("Content-Type", page.contentType());
        exchange.sendResponseHeaders(page.status(), head ? NO_BODY : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /**
     * What a path asks for.
     *
     * @param begin takes a place for the answer, if one is left
     * @param page makes it; may block
     */
    private record Question(BooleanSupplier begin, Supplier<Page> page) {}

    private record Page(int status, String contentType, String body) {

        static Page of(HealthReport report) {
            return new Page(report.healthy() ? OK : UNAVAILABLE, "application/json", report.toJson());
        }

        static Page of(MetricsText metrics) {
            return new Page(OK, metrics.contentType(), metrics.text().get());
        }
    }
}
