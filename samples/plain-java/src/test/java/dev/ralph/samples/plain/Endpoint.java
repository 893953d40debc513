/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** What a worker serves by HTTP. */
final class Endpoint {

    /** A loaded machine takes its time; nothing here waits for as long when all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern ADDRESS = Pattern.compile("Health and metrics are at (http://[^\\s\"]*\\d)\\.");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    private Endpoint(String url) {
        this.url = url;
    }

    /** Of a worker that has said where it is. */
    static Endpoint of(RalphProcess worker) throws IOException {
        Matcher said = ADDRESS.matcher(worker.printed());
        assertThat(said.find()).as(worker.printed()).isTrue();
        return new Endpoint(said.group(1));
    }

    static Endpoint at(String url) {
        return new Endpoint(url);
    }

    /** Host and port. */
    String authority() {
        return URI.create(url).getAuthority();
    }

    record Answer(int status, String type, String body, Duration took) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }

        /** The status of each check. */
        Map<String, String> checks() {
            Map<String, String> checks = new TreeMap<>();
            json().get("checks")
                    .properties()
                    .forEach(check -> checks.put(
                            check.getKey(), check.getValue().get("status").asText()));
            return checks;
        }

        String message(String check) {
            return json().get("checks").get(check).get("message").asText();
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Waits until a check of the whole report has this status. */
    Answer await(String check, String status) {
        return Awaitility.await(check + " is " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> get("/health"),
                        answer -> status.equals(answer.checks().get(check)));
    }
}
