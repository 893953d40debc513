/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The host in a JVM of its own, which can be killed. It is asked with a key of its own, or without one until it has one. */
final class HostProcess implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;
    private final Path log;
    private @Nullable String key;

    private HostProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it; its log goes to a file. */
    static HostProcess start(Map<String, String> properties, Path log) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RalphHost.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + port));
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new HostProcess(process, port, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void awaitReady() {
        await("host on port " + port)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the host ended with " + process.exitValue() + "; see its log");
                    }
                    return get("/ready").statusCode() == 200;
                });
    }

    /** For a host that does not start. */
    void awaitEnd() {
        assertThat(process.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue())
                .isNotZero();
    }

    /**
     * Exchanges the set-up token it printed for an administrator's key, issues an operator's key with that, and asks with it
     * from then on. Hosts that share a database share one token, which the first of them prints.
     *
     * @return the operator's key, for the others
     */
    String setUp(String tenant) throws IOException, InterruptedException {
        String token = await("set-up token of " + tenant)
                .atMost(Duration.ofSeconds(30))
                .until(() -> TestHost.setupToken(Files.readString(log), tenant), Optional::isPresent)
                .orElseThrow();
        use(issued("/api/v1/setup", "{\"token\":\"" + token + "\",\"name\":\"ada\"}"));
        String operator = issued("/api/v1/keys", "{\"name\":\"olive\",\"role\":\"operator\"}");
        use(operator);
        return operator;
    }

    private String issued(String path, String body) throws IOException, InterruptedException {
        return post(path, body).path("key").asString();
    }

    /** Asks with this key from now on. */
    void use(String key) {
        this.key = key;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    /** The lines of an event stream as they come. */
    Stream<String> follow(String run) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = client.send(
                request("/api/v1/runs/" + run + "/events")
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
