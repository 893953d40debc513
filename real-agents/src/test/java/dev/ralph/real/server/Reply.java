/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The answer to one request, as bytes. Waits end early when the server closes. */
final class Reply {

    private static final long TOO_LONG = 10_000_000;

    private final HttpExchange exchange;
    private final CountDownLatch serverClosed;

    Reply(HttpExchange exchange, CountDownLatch serverClosed) {
        this.exchange = exchange;
        this.serverClosed = serverClosed;
    }

    void json(int status, String body) throws IOException {
        json(status, body, Map.of());
    }

    void json(int status, String body, Map<String, String> headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean bodyless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodyless ? -1 : bytes.length);
        if (!bodyless) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** All of these events, with a pause after each. */
    void stream(List<String> events, Duration pace) throws IOException, InterruptedException {
        head(0);
        write(events, pace);
    }

    /** Some events, and then nothing while the server lives. */
    void streamAndFallSilent(List<String> events, Duration pace) throws IOException, InterruptedException {
        head(0);
        write(events, pace);
        beSilent();
    }

    /** Some events, and then the connection is gone in the middle of the body. */
    void streamAndCut(List<String> events, Duration pace) throws IOException, InterruptedException {
        // The JDK's server ends a chunked body properly even when it is closed early, but not one that is too short.
        head(TOO_LONG);
        write(events, pace);
    }

    /** Nothing, while the server lives. */
    void beSilent() throws InterruptedException {
        serverClosed.await();
    }

    void pause(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            serverClosed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void head(long length) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.getResponseHeaders().set("cache-control", "no-cache");
        exchange.sendResponseHeaders(200, length);
    }

    private void write(List<String> events, Duration pace) throws IOException, InterruptedException {
        OutputStream body = exchange.getResponseBody();
        for (String event : events) {
            body.write(event.getBytes(StandardCharsets.UTF_8));
            body.flush();
            pause(pace);
        }
    }
}
