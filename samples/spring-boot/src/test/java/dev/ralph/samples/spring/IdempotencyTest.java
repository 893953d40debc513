/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.TestHost.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that sends a submission again, to a host that was set up otherwise in the meantime. */
@Tag("integration")
class IdempotencyTest {

    private static final String BODY = "{\"prompt\": \"Do it.\", \"workspace\": \"shop\"}";
    private static final Map<String, String> SHOP =
            Map.of("host.workspaces.shop.path", "shop", "host.workspaces.shop.tenants", "*");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theFirstAnswerStandsWhateverWasChangedSince() throws Exception {
        Files.createDirectories(folder.resolve("workspaces/shop"));
        String key;
        String run;
        try (TestHost host = TestHost.onH2(folder, with(SHOP, "one"))) {
            key = host.admin("default");
            Answer first = host.post("/api/v1/runs", key, BODY, "Idempotency-Key", "a");
            assertThat(first.status()).as(first.body()).isEqualTo(201);
            run = first.json().get("id").asString();
        }
        try (TestHost host = TestHost.onH2(folder, with(SHOP, "another"))) {
            assertSame(host.post("/api/v1/runs", key, BODY, "Idempotency-Key", "a"), run);
        }
        try (TestHost host = TestHost.onH2(folder, Map.of())) {
            assertSame(host.post("/api/v1/runs", key, BODY, "Idempotency-Key", "a"), run);
            assertThat(host.post("/api/v1/runs", key, BODY, "Idempotency-Key", "b")
                            .status())
                    .as("there is no such workspace any more")
                    .isEqualTo(400);
        }
    }

    private static Map<String, String> with(Map<String, String> properties, String agent) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("ralph.agents." + agent + ".command", "true");
        all.put("host.agents." + agent + ".tenants", "*");
        return all;
    }

    private static void assertSame(Answer answer, String run) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("id").asString()).isEqualTo(run);
    }
}
