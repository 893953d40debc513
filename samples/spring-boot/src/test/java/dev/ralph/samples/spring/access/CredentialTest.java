/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.TestHost;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class CredentialTest {

    @Test
    @Timeout(60)
    void theStreamOfARevokedKeyEnds(@TempDir Path folder) throws Exception {
        try (TestHost host = TestHost.onH2(folder, Map.of("host.followers.heartbeat", "200ms"))) {
            String admin = host.admin("default");
            String viewer = host.key(admin, "viewer");
            String run = host.post("/api/v1/runs", admin, """
                            {"prompt": "Wait.", "workspace": "demo", "agents": ["scripted"], "startDelay": "PT1H"}""").json().get("id").asString();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + host.port() + "/api/v1/runs/" + run + "/events"))
                    .header("Authorization", "Bearer " + viewer)
                    .header("Accept", "text/event-stream")
                    .build();
            HttpResponse<InputStream> stream =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);

            host.delete("/api/v1/keys/" + TestHost.idOf(viewer), admin);

            assertThat(new String(stream.body().readAllBytes(), UTF_8)).doesNotContain("RunEnded");
        }
    }
}
