/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestPropertySource(
        properties = {
            "host.followers.max=6",
            "host.followers.per-caller=4",
            "host.followers.tenant-share=1",
            "host.followers.heartbeat=200ms",
            "host.followers.max-duration=30s"
        })
class EventStreamTest extends ApiTest {

    private static final String[] STREAM = {"Accept", "text/event-stream"};

    /** One message: its fields, and what it says as JSON. */
    private record Message(String id, String event, String data) {

        JsonNode json() {
            return JsonMapper.shared().readTree(data);
        }
    }

    @BeforeEach
    @AfterEach
    void clear() throws IOException {
        clear("three");
    }

    @Test
    void aStreamHasAllEventsInOrderAndEndsWithTheRun() {
        String run = submit(OPERATOR, body("one", "quick"));
        HttpResponse<String> response = get(VIEWER, "/api/v1/runs/" + run + "/events", STREAM);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(response.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        List<Message> messages = messages(response.body());
        List<Message> durable = messages.stream().filter(m -> !m.id().isEmpty()).toList();
        for (int i = 0; i < durable.size(); i++) {
            assertThat(durable.get(i).id()).isEqualTo(Integer.toString(i + 1));
            assertThat(durable.get(i).json().path("type").asString())
                    .isEqualTo(durable.get(i).event());
        }
        assertThat(durable.get(0).event()).isEqualTo("RunSubmitted");
        assertThat(durable.get(durable.size() - 1).event()).isEqualTo("RunEnded");
        assertThat(messages.get(messages.size() - 1).event()).isEqualTo("RunEnded");
    }

    @Test
    void aStreamGoesOnAfterTheLastEventAClientHas() {
        String run = submit(OPERATOR, body("one", "quick"));
        List<Message> all =
                messages(get(VIEWER, "/api/v1/runs/" + run + "/events", STREAM).body());
        List<Message> durable = all.stream().filter(m -> !m.id().isEmpty()).toList();
        List<Message> rest = messages(
                get(VIEWER, "/api/v1/runs/" + run + "/events", "Accept", "text/event-stream", "Last-Event-ID", "3")
                        .body());
        assertThat(rest).isEqualTo(durable.subList(3, durable.size()));
        HttpResponse<String> nothing = get(
                VIEWER,
                "/api/v1/runs/" + run + "/events",
                "Accept",
                "text/event-stream",
                "Last-Event-ID",
                Integer.toString(durable.size()));
        assertThat(nothing.statusCode()).as("so that an EventSource stops").isEqualTo(204);
    }

    @Test
    void aClientThatWasCutOffMissesNothing() throws IOException {
        String run = submit(OPERATOR, body("three", "patient"));
        awaitBegun("three");
        String last;
        try (Follower first = new Follower(VIEWER, run, null)) {
            last = first.awaitEvent("AttemptStarted").id();
        }
        letGo("three");
        try (Follower second = new Follower(VIEWER, run, last)) {
            Message next = second.next();
            while (next.id().isEmpty()) {
                next = second.next();
            }
            assertThat(next.id()).isEqualTo(Long.toString(Long.parseLong(last) + 1));
            second.awaitEvent("RunEnded");
            assertThat(second.ended()).isTrue();
        }
    }

    @Test
    void whatAgentsPrintIsDataInJson() throws IOException {
        String run = submit(OPERATOR, body("three", "patient"));
        try (Follower follower = new Follower(VIEWER, run, null)) {
            Message written = follower.awaitEvent("TextWritten");
            assertThat(written.id())
                    .as("activity is not what a client goes on from")
                    .isEmpty();
            assertThat(written.data()).doesNotContain("\u001b").contains("\\u001B");
            assertThat(written.json().path("text").asString()).contains(NASTY);
            letGo("three");
            follower.awaitEvent("RunEnded");
        }
        JsonNode iteration = json(get(VIEWER, "/api/v1/runs/" + run + "/iterations"))
                .path("items")
                .path(0);
        assertThat(iteration.path("outputPreview").asString()).contains("<script>alert(1)</script>");
        HttpResponse<String> output = get(VIEWER, "/api/v1/runs/" + run + "/iterations/1/attempts/1/output");
        assertThat(output.body()).contains(NASTY);
        assertThat(output.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(output.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void oneRequestSubmitsAndFollows() throws Exception {
        HttpResponse<String> response = client().send(
                        request(OPERATOR, "/api/v1/runs")
                                .header("Content-Type", "application/json")
                                .header("Accept", "text/event-stream")
                                .POST(BodyPublishers.ofString(body("one", "quick")))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(201);
        List<Message> messages = messages(response.body());
        assertThat(response.headers().firstValue("Location"))
                .hasValue("/api/v1/runs/" + messages.get(0).json().path("run").asString());
        assertThat(messages.get(messages.size() - 1).event()).isEqualTo("RunEnded");
    }

    @Test
    void aStreamShowsThatItIsAlive() throws IOException {
        String run = submit(OPERATOR, body("three", "patient"));
        try (Follower follower = new Follower(VIEWER, run, null)) {
            follower.awaitComment();
            follower.awaitComment();
            letGo("three");
            follower.awaitEvent("RunEnded");
        }
    }

    @Test
    void callersAndTheNodeHaveSoManyPlacesAndGetThemBack() throws IOException {
        String run = submit(OPERATOR, body("three", "patient"));
        awaitBegun("three");
        List<Follower> followers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                followers.add(new Follower(VIEWER, run, null));
                followers.get(i).awaitEvent("RunSubmitted");
            }
            HttpResponse<String> tooMany = get(VIEWER, "/api/v1/runs/" + run + "/events", STREAM);
            assertProblem(tooMany, 429, "too-many-requests");
            assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();
            for (int i = 0; i < 2; i++) {
                followers.add(new Follower(OPERATOR, run, null));
                followers.get(4 + i).awaitEvent("RunSubmitted");
            }
            HttpResponse<String> full = get(ADMIN, "/api/v1/runs/" + run + "/events", STREAM);
            assertProblem(full, 503, "unavailable");
            assertThat(full.headers().firstValue("Retry-After")).isPresent();
            assertThat(get(VIEWER, "/api/v1/runs/" + run + "/events").statusCode())
                    .as("a page takes no place")
                    .isEqualTo(200);
        } finally {
            for (Follower follower : followers) {
                follower.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (Follower follower = new Follower(VIEWER, run, null)) {
                follower.awaitEvent("RunSubmitted");
            }
        });
        letGo("three");
        awaitStatus(VIEWER, run, "COMPLETED");
    }

    @Test
    void anEventNobodyHasIsNoPlaceToGoOnFrom() {
        String run = submit(OPERATOR, body("one", "quick"));
        for (String id : new String[] {"999", "x", "-1", "1.5"}) {
            assertInvalid(
                    get(VIEWER, "/api/v1/runs/" + run + "/events", "Accept", "text/event-stream", "Last-Event-ID", id),
                    "Last-Event-ID");
        }
    }

    private static List<Message> messages(String text) {
        List<Message> messages = new ArrayList<>();
        for (String block : text.split("\n\n", -1)) {
            Message message = message(block);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    private static @Nullable Message message(String block) {
        String id = "";
        String event = "";
        String data = "";
        for (String line : block.split("\n", -1)) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return data.isEmpty() ? null : new Message(id, event, data);
    }

    /** Reads a stream as it comes, by a socket of its own, so that it can be cut. */
    private final class Follower implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;

        Follower(String caller, String run, @Nullable String lastEventId) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port());
            socket.setSoTimeout(20_000);
            // HTTP/1.0 is answered without chunks.
            String request =
                    "GET /api/v1/runs/" + run + "/events HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                            + TestAccess.HEADER + ": " + caller + "\r\n"
                            + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = socket.getInputStream();
            assertThat(block()).startsWith("HTTP/1.1 200");
        }

        Message awaitEvent(String name) throws IOException {
            Message message = next();
            while (!message.event().equals(name)) {
                message = next();
            }
            return message;
        }

        Message next() throws IOException {
            while (true) {
                String block = block();
                assertThat(block).as("the stream goes on").isNotEmpty();
                Message message = message(block);
                if (message != null) {
                    return message;
                }
            }
        }

        void awaitComment() throws IOException {
            String block = block();
            while (!block.startsWith(":")) {
                assertThat(block).as("the stream goes on").isNotEmpty();
                block = block();
            }
        }

        boolean ended() throws IOException {
            return in.read() < 0;
        }

        private String block() throws IOException {
            StringBuilder block = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\r') {
                    block.append((char) next);
                }
                if (block.length() > 1 && block.substring(block.length() - 2).equals("\n\n")) {
                    return block.toString();
                }
            }
            return block.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
