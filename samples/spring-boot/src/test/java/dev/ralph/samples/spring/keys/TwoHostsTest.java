/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.RedisProcess;
import dev.ralph.samples.spring.TestHost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one PostgreSQL and one Redis. */
@Tag("integration")
class TwoHostsTest {

    @TempDir
    static Path folder;

    static EmbeddedPostgres postgres;
    static RedisProcess redis;
    static TestHost one;
    static TestHost two;
    static String admin;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        redis = new RedisProcess(folder);
        one = host("one", Map.of());
        two = host("two", Map.of());
        admin = one.admin("default");
    }

    @AfterAll
    static void stop() throws Exception {
        two.close();
        one.close();
        redis.close();
        postgres.close();
    }

    private static TestHost host(String node, Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"));
        properties.put("spring.datasource.username", "postgres");
        properties.put("spring.datasource.password", "");
        properties.put("spring.data.redis.host", "127.0.0.1");
        properties.put("spring.data.redis.port", Integer.toString(redis.port()));
        properties.put("ralph.node", node);
        properties.put("host.home", folder.resolve("home").toString());
        properties.put("host.workspace-root", folder.resolve("workspaces").toString());
        properties.put("host.edge.api-rate-limit", "100000/minute");
        properties.put("host.edge.login-rate-limit", "100000/minute");
        properties.putAll(more);
        return TestHost.start(properties);
    }

    @Test
    void oneOfThemPrintsTheTokenAndAnyOfThemTakesTheKey() {
        assertThat(one.log()).contains("ralph_setup_");
        assertThat(two.log()).contains("printed at an earlier start").doesNotContain("ralph_setup_");
        assertThat(two.get("/api/v1/me", admin).status()).isEqualTo(200);
    }

    @Test
    void whatOneRevokesTheOtherRefusesWithinSeconds() {
        String key = one.key(admin, "viewer");
        assertThat(two.get("/api/v1/me", key).status()).isEqualTo(200);

        Instant revoked = Instant.now();
        assertThat(one.delete("/api/v1/keys/" + TestHost.idOf(key), admin).status())
                .isEqualTo(204);
        assertThat(one.get("/api/v1/me", key).status()).isEqualTo(401);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> two.get("/api/v1/me", key).status() == 401);
        assertThat(Duration.between(revoked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatOneRotatesTheOtherTakesAtOnce() {
        String key = one.key(admin, "viewer");
        String renewed = two.post("/api/v1/keys/" + TestHost.idOf(key) + "/rotate", admin, "{}")
                .json()
                .get("key")
                .asString();

        assertThat(two.get("/api/v1/me", renewed).status()).isEqualTo(200);
        assertThat(one.get("/api/v1/me", renewed).status()).isEqualTo(200);
    }

    @Test
    void theyCountRequestsAndWrongCredentialsTogether() {
        Map<String, String> strict = Map.of(
                "host.edge.api-rate-limit",
                "10/day",
                "host.edge.address-rate-limit",
                "100/day",
                "host.edge.login-rate-limit",
                "4/day");
        try (TestHost first = host("three", strict);
                TestHost second = host("four", strict)) {
            String key = one.key(admin, "viewer");
            for (int i = 0; i < 5; i++) {
                assertThat(first.get("/api/v1/me", key).status()).isEqualTo(200);
                assertThat(second.get("/api/v1/me", key).status()).isEqualTo(200);
            }
            assertThat(first.get("/api/v1/me", key).status()).isEqualTo(429);
            assertThat(second.get("/api/v1/me", key).status()).isEqualTo(429);

            for (int i = 0; i < 2; i++) {
                assertThat(first.get("/api/v1/me", "ralph_wrong").status()).isEqualTo(401);
                assertThat(second.get("/api/v1/me", "ralph_wrong").status()).isEqualTo(401);
            }
            assertThat(first.get("/api/v1/me", "ralph_wrong").status()).isEqualTo(429);
            assertThat(second.get("/api/v1/me", "ralph_wrong").status()).isEqualTo(429);
        }
    }
}
