/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.samples.spring.edge.RateLimit;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host in a JVM of its own on PostgreSQL and Redis, with runs at work, under reads, submissions and five hundred followers at
 * once, all on this machine and with one key. Requests come at fixed times, whether those before were answered or not. All are
 * counted in Redis, against limits that none of them reaches.
 */
@Tag("scale")
class LoadTest {

    private static final int FOLLOWERS = 500;
    private static final int FOLLOWED_RUNS = 10;
    private static final int SUBMIT_FOLDERS = 60;
    private static final int READS_A_SECOND = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the deployment guide asks for. */
    private static final double MOST_P95_MILLIS = 500;

    private static final double MOST_ERRORS = 0.001;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newFixedThreadPool(4))
            .build();
    private final Latencies reads = new Latencies();
    private final Latencies submits = new Latencies();
    private final Latencies deliveries = new Latencies();
    private final AtomicInteger cutOff = new AtomicInteger();
    private EmbeddedPostgres postgres;
    private RedisServer redis;
    private HostProcess host;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        redis = RedisServer.newRedisServer().bind("127.0.0.1").port(port).build();
        redis.start();
        host = HostProcess.start(properties(port), folder.resolve("host.log"));
        host.awaitReady();
        host.setUp("acme");
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        redis.stop();
        postgres.close();
    }

    private Map<String, String> properties(int redisPort) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"));
        properties.put("spring.data.redis.host", "127.0.0.1");
        properties.put("spring.data.redis.port", Integer.toString(redisPort));
        properties.put("ralph.cache", "redis");
        properties.put("ralph.max-parallel-runs", Integer.toString(FOLLOWED_RUNS + 4));
        properties.put("host.home", folder.resolve("home").toString());
        properties.put("host.workspace-root", folder.resolve("workspaces").toString());
        properties.put("host.tenants", "acme");
        for (String limit : List.of("api", "address", "login")) {
            properties.put("host.edge." + limit + "-rate-limit", RateLimit.MAX_REQUESTS + "/minute");
        }
        for (int i = 0; i < FOLLOWED_RUNS + SUBMIT_FOLDERS; i++) {
            Files.createDirectories(folder.resolve("workspaces").resolve("w" + i));
            properties.put("host.workspaces.w" + i + ".path", "w" + i);
            properties.put("host.workspaces.w" + i + ".tenants", "acme");
        }
        Map.of(
                        "busy", "cat >/dev/null; sleep 2; date +%s%N >work; echo 'There is more to do.'",
                        "quick", "cat >/dev/null; echo LOOP_COMPLETE")
                .forEach((agent, script) -> {
                    properties.put("host.agents." + agent + ".tenants", "acme");
                    properties.put("ralph.agents." + agent + ".command[0]", "sh");
                    properties.put("ralph.agents." + agent + ".command[1]", "-c");
                    properties.put("ralph.agents." + agent + ".command[2]", script);
                });
        return properties;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @SuppressWarnings("FutureReturnValueIgnored") // What is timed is counted where it ends.
    void readsSubmissionsAndFollowersAreAnsweredInTime() throws Exception {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < FOLLOWED_RUNS; i++) {
            runs.add(host.post("/api/v1/runs", ApiTest.body("w" + i, "busy"))
                    .path("id")
                    .asString());
        }
        AtomicInteger following = new AtomicInteger();
        for (int i = 0; i < FOLLOWERS; i++) {
            follow(runs.get(i % runs.size()), following);
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> following.get() == FOLLOWERS);

        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        AtomicInteger read = new AtomicInteger();
        AtomicInteger submitted = new AtomicInteger();
        clock.scheduleAtFixedRate(
                () -> timed(reads, get(path(runs, read.getAndIncrement()))),
                0,
                1_000_000 / READS_A_SECOND,
                TimeUnit.MICROSECONDS);
        clock.scheduleAtFixedRate(
                () -> timed(submits, submission(submitted.getAndIncrement())), 0, 1_000, TimeUnit.MILLISECONDS);
        clock.schedule(this::measure, WARM_UP.toMillis(), TimeUnit.MILLISECONDS).get();
        clock.schedule(() -> {}, MEASURED.toMillis(), TimeUnit.MILLISECONDS).get();
        clock.shutdownNow();
        List<Latencies> all = List.of(reads, submits, deliveries);
        all.forEach(Latencies::end);

        String table = "| what | count | p50 | p95 | p99 | errors |\n|---|---|---|---|---|---|\n"
                + reads.row("reads, " + READS_A_SECOND + " a second")
                + submits.row("submissions, one a second")
                + deliveries.row("events to " + FOLLOWERS + " followers")
                + "| followers cut off | " + cutOff.get() + " | | | | |\n";
        System.out.println(table);
        Files.writeString(Path.of("target", "load.md"), table);
        assertThat(cutOff).hasValue(0);
        for (Latencies each : all) {
            assertThat(each.count()).isPositive();
            assertThat(each.quantile(0.95)).isLessThan(MOST_P95_MILLIS);
            assertThat(each.errorRate()).isLessThan(MOST_ERRORS);
        }
    }

    private void measure() {
        reads.begin();
        submits.begin();
        deliveries.begin();
    }

    private static String path(List<String> runs, int number) {
        String run = runs.get(number % runs.size());
        return switch (number % 4) {
            case 0 -> "/api/v1/runs?limit=50";
            case 1 -> "/api/v1/runs/" + run + "/iterations?limit=20";
            default -> "/api/v1/runs/" + run;
        };
    }

    private HttpRequest get(String path) {
        return host.request(path).build();
    }

    private HttpRequest submission(int number) {
        return host.request("/api/v1/runs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        ApiTest.body("w" + (FOLLOWED_RUNS + number % SUBMIT_FOLDERS), "quick")))
                .build();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Its end is seen to.
    private void timed(Latencies latencies, HttpRequest request) {
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        answer.whenComplete((response, failure) -> {
            if (failure == null && response.statusCode() / 100 == 2) {
                latencies.took(System.nanoTime() - start);
            } else {
                latencies.failed();
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Its subscriber hears of its end.
    private void follow(String run, AtomicInteger following) {
        HttpRequest request = host.request("/api/v1/runs/" + run + "/events")
                .timeout(Duration.ofMinutes(10))
                .header("Accept", "text/event-stream")
                .build();
        client.sendAsync(
                request,
                BodyHandlers.fromLineSubscriber(
                        new EventLines(following::incrementAndGet, this::delivered, cutOff::incrementAndGet)));
    }

    private void delivered(String data) {
        String at = JSON.readTree(data).path("at").asString();
        deliveries.took(Duration.between(Instant.parse(at), Instant.now()).toNanos());
    }
}
