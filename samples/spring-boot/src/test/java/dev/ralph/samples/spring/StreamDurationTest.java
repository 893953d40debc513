/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = {"host.followers.heartbeat=100ms", "host.followers.max-duration=1s"})
class StreamDurationTest extends ApiTest {

    @Test
    void aStreamEndsWellWhenItHasLastedAsLongAsItMayAndIsFollowedByAnother() throws IOException {
        clear("three");
        String run = submit(OPERATOR, body("three", "patient"));
        awaitBegun("three");

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> stream = get(VIEWER, "/api/v1/runs/" + run + "/events", "Accept", "text/event-stream");
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.body())
                    .contains("event: AttemptStarted", ": alive")
                    .doesNotContain("event: RunEnded");
        }

        letGo("three");
        awaitStatus(VIEWER, run, "COMPLETED");
        clear("three");
    }
}
