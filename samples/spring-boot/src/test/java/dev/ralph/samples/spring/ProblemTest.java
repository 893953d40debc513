/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = {"host.requests.max-body=20KB", "host.requests.body-timeout=1s"})
class ProblemTest extends ApiTest {

    private static final String RUNS = "/api/v1/runs";

    @Test
    void malformedJsonIsToldByItsPlaceAndNotQuoted() {
        HttpResponse<String> response = post(OPERATOR, RUNS, "{\"prompt\": \"sk-very-secret\", oops}");
        assertThat(assertProblem(response, 400, "malformed-body").path("detail").asString())
                .contains("line 1, column");
        assertThat(response.body()).doesNotContain("secret", "oops");
        assertProblem(post(OPERATOR, RUNS, ""), 400, "malformed-body");
        assertProblem(post(OPERATOR, RUNS, "[]"), 400, "malformed-body");
        assertProblem(post(OPERATOR, RUNS, "{} {}"), 400, "malformed-body");
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertInvalid(post(OPERATOR, RUNS, "{\"promt\": \"Do it.\"}"), "promt");
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsRefused() {
        HttpResponse<String> response =
                post(OPERATOR, RUNS, "{\"labels\":" + "[".repeat(5000) + "]".repeat(5000) + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("urn:ralph:problem:").doesNotContain("[[", "Exception");
    }

    @Test
    void methodsMediaTypesAndAddressesThatAreNotThereAreProblems() {
        HttpResponse<String> method = send(request(ADMIN, RUNS).DELETE().build());
        assertProblem(method, 405, "method-not-allowed");
        assertThat(method.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "POST"));
        assertProblem(post(OPERATOR, RUNS, "prompt=x", "Content-Type", "text/plain"), 415, "unsupported-media-type");
        assertProblem(get(VIEWER, RUNS, "Accept", "image/png"), 406, "not-acceptable");
        assertProblem(get(VIEWER, "/api/v1/nothing"), 404, "not-found");
        assertProblem(get(VIEWER, "/nothing"), 404, "not-found");
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedAtOnce() throws IOException {
        String answer = raw("POST " + RUNS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + TestAccess.HEADER + ": " + OPERATOR + "\r\nContent-Length: 1073741824\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:ralph:problem:body-too-large");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedWhileItIsRead() {
        byte[] body = ("{\"prompt\": \"" + "x".repeat(30_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = send(request(OPERATOR, RUNS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());
        assertProblem(response, 413, "body-too-large");
    }

    @Test
    void aBodyThatDripsIsRefused() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST " + RUNS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + TestAccess.HEADER + ": " + OPERATOR + "\r\nContent-Length: 1000\r\n\r\n{\"")
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        socket.getOutputStream().write('x');
                        return socket.getInputStream().available() > 0;
                    });
            byte[] answer =
                    socket.getInputStream().readNBytes(socket.getInputStream().available());
            assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 408");
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
