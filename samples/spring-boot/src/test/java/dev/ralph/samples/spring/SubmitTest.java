/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SubmitTest extends ApiTest {

    @Test
    void aRunIsCreatedWithItsAddress() {
        HttpResponse<String> response = post(OPERATOR, "/api/v1/runs", body("one", "quick"));
        assertThat(response.statusCode()).isEqualTo(201);
        String id = json(response).path("id").asString();
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/runs/" + id);
        assertThat(awaitStatus(VIEWER, id, "COMPLETED").path("verification").asString())
                .isEqualTo("UNVERIFIED");
    }

    @Test
    void theSameKeyAndBodyGiveTheSameRun() {
        String key = "\"" + UUID.randomUUID() + "\"";
        HttpResponse<String> first = post(OPERATOR, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", key);
        HttpResponse<String> again = post(OPERATOR, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", key);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat("\"" + json(again).path("idempotencyKey").asString() + "\"").isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt": "Do something else.", "workspace": "one", "agents": ["quick"]}
            {"prompt": "Do it.", "workspace": "two", "agents": ["quick"]}
            {"prompt": "Do it.", "workspace": "one", "agents": ["patient"]}
            {"prompt": "Do it.", "workspace": "one", "agents": ["quick"], "subject": "bob"}
            {"prompt": "Do it.", "workspace": "one", "agents": ["quick"], "limits": {"maxIterations": 3}}
            """)
    void theSameKeyWithAnotherBodyIsRefused(String other) {
        String key = UUID.randomUUID().toString();
        post(OPERATOR, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", key);
        assertProblem(post(OPERATOR, "/api/v1/runs", other, "Idempotency-Key", key), 422, "idempotency-key-reused");
    }

    @Test
    void aKeyIsOneTenantsAlone() {
        String key = UUID.randomUUID().toString();
        String own = json(post(OPERATOR, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", key))
                .path("id")
                .asString();
        HttpResponse<String> other = post(STRANGER, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", key);
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(json(other).path("id").asString()).isNotEqualTo(own);
    }

    @Test
    void manyRequestsAtOnceWithOneKeyMakeOneRun() throws Exception {
        String key = UUID.randomUUID().toString();
        ExecutorService clients = Executors.newFixedThreadPool(12);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(clients.submit(
                        () -> post(OPERATOR, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", key)));
            }
            Set<String> ids = new HashSet<>();
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isIn(200, 201);
                ids.add(json(answer.get()).path("id").asString());
            }
            assertThat(ids).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prompt                  | {"workspace": "one"}
            prompt                  | {"prompt": "  ", "workspace": "one"}
            workspace               | {"prompt": "Do it."}
            workspace               | {"prompt": "Do it.", "workspace": "/etc"}
            workspace               | {"prompt": "Do it.", "workspace": "../one"}
            workspace               | {"prompt": "Do it.", "workspace": "private"}
            agents[0]               | {"prompt": "Do it.", "workspace": "one", "agents": ["command"]}
            agents[1]               | {"prompt": "Do it.", "workspace": "one", "agents": ["quick", "rm -rf"]}
            agents                  | {"prompt": "Do it.", "workspace": "one", "agents": []}
            agents                  | {"prompt": "Do it.", "workspace": "one", "agents": ["quick", "quick"]}
            gates                   | {"prompt": "Do it.", "workspace": "one", "gates": "sh"}
            path                    | {"prompt": "Do it.", "workspace": "one", "path": "/etc"}
            environment             | {"prompt": "Do it.", "workspace": "one", "environment": {"A": "b"}}
            limits.maxIterations    | {"prompt": "Do it.", "workspace": "one", "limits": {"maxIterations": 101}}
            limits.maxIterations    | {"prompt": "Do it.", "workspace": "one", "limits": {"maxIterations": 0}}
            limits.maxIterations    | {"prompt": "Do it.", "workspace": "one", "limits": {"maxIterations": "many"}}
            limits.maxRuntime       | {"prompt": "Do it.", "workspace": "one", "limits": {"maxRuntime": "PT9H"}}
            limits.maxRuntime       | {"prompt": "Do it.", "workspace": "one", "limits": {"maxRuntime": "soon"}}
            limits.maxCost          | {"prompt": "Do it.", "workspace": "one", "limits": {"maxCost": -1}}
            limits.maxSpeed         | {"prompt": "Do it.", "workspace": "one", "limits": {"maxSpeed": 1}}
            labels.host.workspace   | {"prompt": "Do it.", "workspace": "one", "labels": {"host.workspace": "two"}}
            labels.team             | {"prompt": "Do it.", "workspace": "one", "labels": {"team": null}}
            subject                 | {"prompt": "Do it.", "workspace": "one", "subject": " "}
            priority                | {"prompt": "Do it.", "workspace": "one", "priority": 11}
            startDelay              | {"prompt": "Do it.", "workspace": "one", "startDelay": "P8D"}
            startDelay              | {"prompt": "Do it.", "workspace": "one", "startDelay": "-PT1S"}
            completionPromise       | {"prompt": "Do it.", "workspace": "one", "completionPromise": " "}
            """)
    void aValueThatCannotBeAcceptedIsNamed(String field, String body) {
        assertInvalid(post(OPERATOR, "/api/v1/runs", body), field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''
            "two words"
            "quo\\"te"
            """)
    void aKeyThatCannotBeAcceptedIsRefused(String key) {
        assertInvalid(
                post(OPERATOR, "/api/v1/runs", body("one", "quick"), "Idempotency-Key", "\"" + key + "\""),
                "Idempotency-Key");
    }

    @Test
    void whatIsNamedAsTheTenantsOwnWorks() {
        JsonNode agents = json(get(VIEWER, "/api/v1/agents")).path("items");
        assertThat(agents).extracting(agent -> agent.path("name").asString()).contains("scripted", "quick", "patient");
        assertThat(agents)
                .allSatisfy(agent -> assertThat(agent.path("ready").asBoolean()).isTrue());
        assertThat(json(get(VIEWER, "/api/v1/workspaces")).path("items"))
                .extracting(workspace -> workspace.path("name").asString())
                .contains("demo", "one");
        assertThat(json(get(VIEWER, "/api/v1/gates")).path("items"))
                .extracting(gates -> gates.path("name").asString())
                .containsExactly("demo");
        assertThat(json(get("third/VIEWER/key:x", "/api/v1/workspaces")).path("items"))
                .extracting(workspace -> workspace.path("name").asString())
                .containsExactly("demo");
    }

    @Test
    void aWorkspaceThatLeadsOutOfTheRootIsRefused(@TempDir Path outside) throws IOException {
        Path link = workspace("four");
        Files.delete(link);
        Files.createSymbolicLink(link, outside);
        try {
            JsonNode problem =
                    assertProblem(post(OPERATOR, "/api/v1/runs", body("four", "quick")), 409, "workspace-unusable");
            assertThat(problem.path("detail").asString()).contains("four").doesNotContain(outside.toString());
        } finally {
            Files.delete(link);
            Files.createDirectories(link);
        }
    }
}
