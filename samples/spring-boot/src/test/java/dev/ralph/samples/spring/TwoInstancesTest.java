/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;
import tools.jackson.databind.JsonNode;

/** Two processes of the host on one PostgreSQL and one Redis. */
@Tag("integration")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesTest {

    /** Not done at first; hangs the second time; is done the third. */
    private static final String STUBBORN =
            "cat >/dev/null; n=$(($(cat count 2>/dev/null || echo 0) + 1)); echo $n >count;"
                    + " if [ $n = 1 ]; then echo 'There is more to do.';"
                    + " elif [ $n = 2 ]; then touch begun; sleep 600;"
                    + " else echo LOOP_COMPLETE; fi";

    private static final String PATIENT = "cat >/dev/null; touch begun; sleep 600";

    @TempDir
    private static Path folder;

    private EmbeddedPostgres postgres;
    private RedisServer redis;
    private final Map<String, HostProcess> hosts = new LinkedHashMap<>();
    private String key = "";

    @BeforeAll
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        int redisPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            redisPort = socket.getLocalPort();
        }
        redis = RedisServer.newRedisServer().bind("127.0.0.1").port(redisPort).build();
        redis.start();
        for (String workspace : List.of("one", "two")) {
            Files.createDirectories(folder.resolve("workspaces").resolve(workspace));
        }
        key = begin("a", "a.log").setUp("acme");
        begin("b", "b.log").use(key);
    }

    private HostProcess begin(String node, String file) throws IOException {
        Path log = folder.resolve(file);
        HostProcess host = HostProcess.start(properties(node, redis.ports().get(0)), log);
        hosts.put(node, host);
        try {
            host.awaitReady();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(Files.readString(log), e);
        }
        return host;
    }

    @AfterAll
    void stop() throws IOException {
        hosts.values().forEach(HostProcess::close);
        redis.stop();
        postgres.close();
    }

    private Map<String, String> properties(String node, int redisPort) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"));
        properties.put("spring.data.redis.host", "127.0.0.1");
        properties.put("spring.data.redis.port", Integer.toString(redisPort));
        properties.put("ralph.cache", "redis");
        properties.put("ralph.node", node);
        properties.put("ralph.artifacts-dir", folder.resolve("outputs").toString());
        properties.put("host.tenants", "acme");
        properties.put("host.edge.api-rate-limit", "10000/minute");
        properties.put("host.home", folder.resolve(node).toString());
        properties.put("host.workspace-root", folder.resolve("workspaces").toString());
        for (String workspace : List.of("one", "two")) {
            properties.put("host.workspaces." + workspace + ".path", workspace);
            properties.put("host.workspaces." + workspace + ".tenants", "acme");
        }
        Map.of("stubborn", STUBBORN, "patient", PATIENT).forEach((agent, script) -> {
            properties.put("host.agents." + agent + ".tenants", "acme");
            properties.put("ralph.agents." + agent + ".command[0]", "sh");
            properties.put("ralph.agents." + agent + ".command[1]", "-c");
            properties.put("ralph.agents." + agent + ".command[2]", script);
        });
        return properties;
    }

    @Test
    void aRunIsSeenFollowedAndCancelledThroughTheOtherInstance() throws Exception {
        HostProcess a = host("a");
        HostProcess b = host("b");
        String run = a.post("/api/v1/runs", ApiTest.body("one", "patient"))
                .path("id")
                .asString();
        assertThat(b.json("/api/v1/runs/" + run).path("workspace").asString()).isEqualTo("one");
        assertThat(b.json("/api/v1/runs?label.host.workspace=one")
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(run);
        CompletableFuture<List<String>> heard = following(b, run);
        awaitBegun("one");

        b.post("/api/v1/runs/" + run + "/cancel", "");
        assertThat(heard.get(60, TimeUnit.SECONDS))
                .contains("RunSubmitted", "RunTakenUp", "AttemptStarted")
                .last()
                .isEqualTo("RunEnded");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        a.json("/api/v1/runs/" + run).path("reason").asString().equals("CANCELLED"));
    }

    @Test
    void theOtherInstanceGoesOnWithTheRunOfOneThatWasKilled() throws Exception {
        String run = host("a")
                .post("/api/v1/runs", ApiTest.body("two", "stubborn"))
                .path("id")
                .asString();
        awaitBegun("two");
        String owner = host("a").json("/api/v1/runs/" + run).path("node").asString();
        HostProcess other = host(owner.equals("a") ? "b" : "a");
        CompletableFuture<List<String>> heard = following(other, run);

        host(owner).kill();

        assertThat(heard.get(3, TimeUnit.MINUTES)).last().isEqualTo("RunEnded");
        JsonNode ended = await().atMost(Duration.ofSeconds(20))
                .until(() -> other.json("/api/v1/runs/" + run), shown -> shown.has("reason"));
        assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("COMPLETED");

        JsonNode iterations = other.json("/api/v1/runs/" + run + "/iterations").path("items");
        assertThat(iterations)
                .extracting(each -> each.path("iteration").asInt())
                .containsExactly(1, 2);
        assertThat(iterations.path(0).path("attempts")).hasSize(1);
        JsonNode events =
                other.json("/api/v1/runs/" + run + "/events?limit=1000").path("items");
        List<Long> numbers = new ArrayList<>();
        List<Integer> recorded = new ArrayList<>();
        boolean takeover = false;
        for (JsonNode event : events) {
            numbers.add(event.path("seq").asLong());
            if (event.path("type").asString().equals("IterationRecorded")) {
                recorded.add(event.path("iteration").asInt());
            }
            takeover |= event.path("takeover").asBoolean(false);
        }
        assertThat(recorded).as("each once").containsExactly(1, 2);
        assertThat(takeover).isTrue();
        assertThat(numbers).startsWith(1L).isSorted().doesNotHaveDuplicates();
        restart(owner);
    }

    /** The demo's workspace is a git repository, and so has checkpoints. */
    @Test
    void whatARunPrintedAndChangedIsReadThroughTheOtherInstance() throws Exception {
        HostProcess a = host("a");
        String run = a.post("/api/v1/runs", """
                {"prompt": "Make check.sh pass.", "workspace": "demo", "agents": ["scripted"], "gates": "demo"}""").path("id").asString();
        assertThat(following(a, run).get(2, TimeUnit.MINUTES)).last().isEqualTo("RunEnded");
        JsonNode ended = a.json("/api/v1/runs/" + run);
        assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
        assertThat(filesBelow("outputs")).isNotEmpty();
        assertThat(filesBelow("a/outputs")).isEmpty();
        assertThat(filesBelow("b/outputs")).isEmpty();

        for (HostProcess host : List.of(a, host("b"))) {
            assertThat(text(host, "/api/v1/runs/" + run + "/iterations/1/attempts/1/output"))
                    .contains("I have mended add in calc.sh.\n");
            assertThat(text(host, "/api/v1/runs/" + run + "/gates/1/output")).contains("NOT OK: factorial 5");
            assertThat(text(host, "/api/v1/runs/" + run + "/diff?from=0&to=1"))
                    .contains("+add() { echo $(($1 + $2)); }")
                    .doesNotContain("+factorial()");
        }
    }

    private static String text(HostProcess host, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = host.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static List<Path> filesBelow(String name) throws IOException {
        Path outputs = folder.resolve(name);
        if (!Files.exists(outputs)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(outputs)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** So that the order of tests does not matter. */
    private void restart(String node) throws IOException {
        begin(node, node + "-again.log").use(key);
    }

    private HostProcess host(String node) {
        HostProcess host = hosts.get(node);
        if (host == null) {
            throw new AssertionError("no host " + node);
        }
        return host;
    }

    private static CompletableFuture<List<String>> following(HostProcess host, String run) {
        return CompletableFuture.supplyAsync(() -> {
            try (Stream<String> lines = host.follow(run)) {
                return lines.filter(line -> line.startsWith("event: "))
                        .map(line -> line.substring("event: ".length()))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void awaitBegun(String workspace) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(
                        folder.resolve("workspaces").resolve(workspace).resolve("begun")));
    }
}
