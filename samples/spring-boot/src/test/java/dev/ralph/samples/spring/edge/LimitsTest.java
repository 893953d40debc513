/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.samples.spring.TestHost;
import dev.ralph.samples.spring.TestHost.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class LimitsTest {

    /** A day has one window: no test runs into the next. */
    @Test
    void anAddressAndAPrincipalMayAskSoOftenAndAreToldHowOften(@TempDir Path folder) {
        try (TestHost host = TestHost.onH2(
                folder,
                Map.of(
                        "host.edge.api-rate-limit", "5/day",
                        "host.edge.address-rate-limit", "20/day",
                        "host.edge.trusted-proxies", "127.0.0.1"))) {
            String admin = host.admin("default");
            Answer first = host.get("/api/v1/me", admin);
            assertThat(first.header("RateLimit-Policy"))
                    .isEqualTo("\"address\";q=20;w=86400, \"principal\";q=5;w=86400");
            assertThat(first.header("RateLimit")).matches("\"address\";r=18;t=\\d+, \"principal\";r=4;t=\\d+");

            for (int i = 0; i < 4; i++) {
                assertThat(from(host, "203.0.113." + i, admin).status()).isEqualTo(200);
            }
            Answer over = from(host, "203.0.113.9", admin);
            assertThat(over.status()).isEqualTo(429);
            assertThat(over.header("Content-Type")).startsWith("application/problem+json");
            assertThat(Long.parseLong(over.header("Retry-After"))).isBetween(1L, 86400L);
            assertThat(over.json().get("type").asString()).isEqualTo("urn:ralph:problem:too-many-requests");

            for (int i = 0; i < 20; i++) {
                assertThat(from(host, "198.51.100.7", null).status()).isEqualTo(401);
            }
            assertThat(from(host, "198.51.100.7", null).status()).isEqualTo(429);
            assertThat(from(host, "198.51.100.8", null).status()).isEqualTo(401);
            assertThat(host.get("/live", null, "X-Forwarded-For", "198.51.100.7")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aClientThatMakesUpAddressesIsCountedByItsOwn(@TempDir Path folder) {
        try (TestHost host = TestHost.onH2(folder, Map.of("host.edge.api-rate-limit", "5/day"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(from(host, "203.0.113." + i, null).status()).isEqualTo(401);
            }
            assertThat(from(host, "203.0.113.99", null).status()).isEqualTo(429);
        }
    }

    @Test
    void wrongCredentialsAreCountedApartAndFillNoTrail(@TempDir Path folder) {
        try (TestHost host = TestHost.onH2(folder, Map.of("host.edge.login-rate-limit", "4/day"))) {
            String admin = host.admin("default");
            int refused = 0;
            int limited = 0;
            for (int i = 0; i < 50; i++) {
                String guess = "ralph_" + "%024x".formatted(i) + "_" + "0".repeat(64);
                switch (host.get("/api/v1/me", guess).status()) {
                    case 401 -> refused++;
                    case 429 -> limited++;
                    default -> throw new AssertionError();
                }
            }
            assertThat(refused).isEqualTo(3);
            assertThat(limited).isEqualTo(47);
            assertThat(host.post("/api/v1/setup", null, "{\"token\":\"x\"}").status())
                    .isEqualTo(429);
            assertThat(host.get("/api/v1/me", admin).status()).isEqualTo(200);

            List<AuditEntry> entries = host
                    .bean(Orchestrator.class)
                    .audit()
                    .orElseThrow()
                    .list(AuditQuery.NEWEST.withAction("login.refused"))
                    .items()
                    .stream()
                    .map(AuditRecord::entry)
                    .toList();
            assertThat(entries).hasSize(3).allSatisfy(entry -> {
                assertThat(entry.address()).isEqualTo("127.0.0.1");
                assertThat(entry.principal()).isEqualTo("anonymous");
                assertThat(entry.details()).containsEntry("reason", "no such key");
            });
        }
    }

    private static Answer from(TestHost host, String address, @Nullable String token) {
        return host.get("/api/v1/me", token, "X-Forwarded-For", address);
    }
}
