/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Asks the host all the time whether it is alive, on new connections, and keeps how long the slowest answer took. */
final class Pulse implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI live;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    private Duration slowest = Duration.ZERO;
    private int failures;

    Pulse(int port) {
        live = URI.create("http://127.0.0.1:" + port + "/live");
        ScheduledFuture<?> unused =
                beats.scheduleWithFixedDelay(this::ask, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What was seen since the last time it was asked.
     *
     * @param slowest how long the slowest answer took
     * @param failures how often there was none, or a bad one
     */
    record Seen(Duration slowest, int failures) {}

    Seen seen() {
        ask();
        synchronized (this) {
            Seen seen = new Seen(slowest, failures);
            slowest = Duration.ZERO;
            failures = 0;
            return seen;
        }
    }

    private void ask() {
        long begin = System.nanoTime();
        boolean alive = false;
        try {
            alive = HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(live)
                                            .timeout(PATIENCE)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            // Counted below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        synchronized (this) {
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            failures += alive ? 0 : 1;
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }
}
