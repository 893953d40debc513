/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host on a port of its own, with H2 in files, and real processes as agents: {@code scripted} of the demo, {@code quick},
 * which is done at once, and {@code patient}, which prints what nobody should execute and then waits for a file {@code go}.
 */
@SpringBootTest(classes = RalphHost.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestAccess.class)
@DirtiesContext // Each class counts the runs of a host of its own.
abstract class ApiTest {

    static final String OPERATOR = "acme/OPERATOR/key:olive";
    static final String VIEWER = "acme/VIEWER/key:victor";
    static final String ADMIN = "acme/ADMIN/key:ada";
    static final String STRANGER = "other/ADMIN/key:otto";
    static final String NASTY = "<script>alert(1)</script>\u001b[2J";

    /** Workspaces without git, for a run each at a time. */
    static final List<String> FOLDERS = List.of("one", "two", "three", "four");

    private static Path home = Path.of("unset");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    private JsonMapper mapper;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void host(DynamicPropertyRegistry properties) throws IOException {
        home = Files.createTempDirectory("ralph-host-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(home.toFile())));
        properties.add("host.home", home::toString);
        properties.add("server.address", () -> "127.0.0.1");
        properties.add("host.tenants", () -> "acme,other,third");
        for (String folder : FOLDERS) {
            Files.createDirectories(workspace(folder));
            properties.add("host.workspaces." + folder + ".path", () -> folder);
            properties.add("host.workspaces." + folder + ".tenants", () -> "acme,other");
        }
        properties.add("host.agents.quick.tenants", () -> "*");
        properties.add("host.agents.patient.tenants", () -> "*");
        command(properties, "quick", "cat >/dev/null; echo hello; echo LOOP_COMPLETE");
        command(
                properties,
                "patient",
                "cat >/dev/null; printf '<script>alert(1)</script>\\033[2J\\n'; touch begun;"
                        + " while [ ! -f go ]; do sleep 0.05; done; echo LOOP_COMPLETE");
    }

    private static void command(DynamicPropertyRegistry properties, String agent, String script) {
        List<String> words = List.of("sh", "-c", script);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            properties.add("ralph.agents." + agent + ".command[" + i + "]", () -> word);
        }
    }

    static Path workspace(String name) {
        return home.resolve("workspaces").resolve(name);
    }

    static void letGo(String workspace) throws IOException {
        Files.writeString(workspace(workspace).resolve("go"), "");
    }

    static void clear(String workspace) throws IOException {
        Files.deleteIfExists(workspace(workspace).resolve("go"));
        Files.deleteIfExists(workspace(workspace).resolve("begun"));
    }

    static void awaitBegun(String workspace) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(workspace(workspace).resolve("begun")));
    }

    static String body(String workspace, String agent) {
        return """
                {"prompt": "Do it.", "workspace": "%s", "agents": ["%s"]}""".formatted(workspace, agent);
    }

    int port() {
        return port;
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String caller, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header(TestAccess.HEADER, caller);
    }

    HttpResponse<String> get(String caller, String path, String... headers) {
        HttpRequest.Builder request = request(caller, path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> post(String caller, String path, String body, String... headers) {
        HttpRequest.Builder request = request(caller, path).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(HttpResponse<String> response) {
        return mapper.readTree(response.body());
    }

    /** Submits and returns the id. */
    String submit(String caller, String body) {
        HttpResponse<String> response = post(caller, "/api/v1/runs", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response).path("id").asString();
    }

    JsonNode awaitStatus(String caller, String run, String... statuses) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> json(get(caller, "/api/v1/runs/" + run)),
                        shown -> List.of(statuses).contains(shown.path("status").asString()));
    }

    /** Asserts a problem of this type and returns it. */
    JsonNode assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("application/problem+json"));
        JsonNode problem = json(response);
        assertThat(problem.path("type").asString()).isEqualTo("urn:ralph:problem:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("Exception", "\tat ", "tools.jackson", "org.springframework");
        return problem;
    }

    /** Asserts that a value was refused by its name. */
    void assertInvalid(HttpResponse<String> response, String field) {
        JsonNode problem = assertProblem(response, 400, "invalid-request");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
        assertThat(problem.path("errors").path(0).path("message").asString()).isNotBlank();
    }
}
