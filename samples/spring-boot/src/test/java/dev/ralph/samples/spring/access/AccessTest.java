/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.TestHost;
import dev.ralph.samples.spring.TestHost.Answer;
import dev.ralph.samples.spring.attack.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
class AccessTest {

    private static final String METRICS_TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder;

    static TestHost host;
    static String admin;
    static String operator;
    static String viewer;

    @BeforeAll
    static void start() {
        host = TestHost.onH2(
                folder,
                Map.of(
                        "host.metrics-token", METRICS_TOKEN,
                        "host.edge.cors-origins", "https://app.example.org",
                        "host.edge.trusted-proxies", "127.0.0.1",
                        "spring.main.cloud-platform", "kubernetes"));
        admin = host.admin("default");
        operator = host.key(admin, "operator");
        viewer = host.key(admin, "viewer");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/me,VIEWER",
        "GET,/api/v1/runs,VIEWER",
        "GET,/api/v1/runs/018f0000-0000-7000-8000-000000000000,VIEWER",
        "GET,/api/v1/costs,VIEWER",
        "GET,/api/v1/agents,VIEWER",
        "POST,/api/v1/runs,OPERATOR",
        "POST,/api/v1/runs/018f0000-0000-7000-8000-000000000000/cancel,OPERATOR",
        "GET,/api/v1/audit,ADMIN",
        "GET,/api/v1/keys,ADMIN",
        "POST,/api/v1/keys,ADMIN",
        "POST,/api/v1/keys/x/rotate,ADMIN",
        "DELETE,/api/v1/keys/x,ADMIN",
    })
    void eachRoleMayWhatItMayAndNoMore(String method, String path, Role needed) {
        assertThat(send(method, path, null).status()).isEqualTo(401);
        for (Role role : Role.values()) {
            int status = send(method, path, key(role)).status();
            if (role.compareTo(needed) < 0) {
                assertThat(status).as("%s %s as %s", method, path, role).isEqualTo(403);
            } else {
                assertThat(status).as("%s %s as %s", method, path, role).isNotIn(401, 403);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/",
        "GET,/error",
        "GET,/actuator",
        "GET,/actuator/env",
        "GET,/h2-console",
        "GET,/login",
        "POST,/login",
        "PUT,/api/v1/runs",
        "PATCH,/api/v1/runs/x",
        "DELETE,/api/v1/runs/x",
        "POST,/api/v1/costs",
        "POST,/api/v2/runs",
        "GET,/api/v1",
        "OPTIONS,/api/v1/runs",
        "POST,/live",
        "POST,/metrics"
    })
    void whatIsNotNamedIsDeniedToAdministratorsToo(String method, String path) {
        assertThat(host.send(method, path, null, null).status()).isEqualTo(401);
        assertThat(host.send(method, path, admin, null).status()).isIn(403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Basic YWRtaW46YWRtaW4=",
                "Bearer ralph_",
                "Bearer ralph_0_0",
                "ralph_x",
                "Bearer a b",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
                "Negotiate abc",
                "Bearer ralph_000000000000000000000000_0000000000000000000000000000000000000000000000000000000000000000"
            })
    void whatIsNoCredentialIsRefusedInTheSameWords(String header) {
        Answer answer = host.get("/api/v1/me", null, "Authorization", header);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"ralph\", error=\"invalid_token\"");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("The credential is not valid. It may have expired or have been revoked.");
        assertThat(answer.json().get("status").asInt()).isEqualTo(401);
    }

    @Test
    void aCredentialCountsInTheHeaderAlone() {
        assertThat(host.get("/api/v1/me?access_token=" + viewer, null).status()).isEqualTo(401);
        assertThat(host.get("/api/v1/me", null, "Cookie", "access_token=" + viewer)
                        .status())
                .isEqualTo(401);
        assertThat(host.get("/api/v1/me", null, "X-API-Key", viewer).status()).isEqualTo(401);
        assertThat(host.get("/api/v1/me", null, "Authorization", "bearer " + viewer)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theCallerIsWhoTheKeyIs() {
        Answer answer = host.get("/api/v1/me", viewer);

        assertThat(answer.json().get("principal").asString()).isEqualTo("key:" + TestHost.idOf(viewer));
        assertThat(answer.json().get("tenant").asString()).isEqualTo("default");
        assertThat(answer.json().get("role").asString()).isEqualTo("VIEWER");
        assertThat(answer.json().get("address").asString()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For | 203.0.113.9                 | 203.0.113.9",
                "X-Forwarded-For | 6.6.6.6, 203.0.113.9        | 203.0.113.9",
                "X-Forwarded-For | evil.example                | 127.0.0.1",
                "Forwarded       | for=203.0.113.9             | 127.0.0.1",
                "X-Real-IP       | 203.0.113.9                 | 127.0.0.1",
            })
    void theAddressIsTheOneTheTrustedProxyNames(String header, String value, String address) {
        assertThat(host.get("/api/v1/me", viewer, header, value)
                        .json()
                        .get("address")
                        .asString())
                .isEqualTo(address);
    }

    @Test
    void probesAreOpen() {
        assertThat(host.get("/live", null).status()).isEqualTo(200);
        assertThat(host.get("/ready", null).status()).isIn(200, 503);
        assertThat(host.send("HEAD", "/live", null, null).status()).isEqualTo(200);
        assertThat(host.send("HEAD", "/ready", null, null).status()).isIn(200, 503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/setup", "/api/v1/%73etup", "/%61pi/v1/setup", "/api/v1/setup;a=b", "/api//v1/setup"})
    void noSpellingOfThePathLeadsALargeBodyPastTheGateOfSetUp(String path) {
        Answer answer = host.post(path, null, "{\"token\":\"" + "x".repeat(5_000) + "\"}");

        if (answer.status() == 400) {
            assertThat(answer.body()).containsAnyOf("at most 4096 bytes", "has a form that is not taken");
        } else {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).as("nobody was asked").doesNotContain("invalid_token");
        }
    }

    @Test
    void figuresAreForThisMachineIfThatIsSet(@TempDir Path fresh) {
        try (TestHost open = TestHost.onH2(fresh, Map.of("host.open-on-loopback", "true"))) {
            assertThat(open.get("/metrics", null).status()).isEqualTo(200);
            assertThat(open.get("/metrics", null, "X-Forwarded-For", "203.0.113.9")
                            .status())
                    .isEqualTo(401);
            assertThat(open.get("/metrics", null, "Via", "1.1 proxy").status()).isEqualTo(401);
        }
    }

    @Test
    void figuresAreForScrapersAndForAdministrators() {
        assertThat(host.get("/metrics", null).status()).isEqualTo(401);
        assertThat(host.get("/health", null).status()).isEqualTo(401);
        assertThat(host.get("/metrics", METRICS_TOKEN, "X-Forwarded-For", "203.0.113.9")
                        .status())
                .isEqualTo(200);
        assertThat(host.get("/metrics", admin, "X-Forwarded-For", "203.0.113.9").status())
                .isEqualTo(200);
        assertThat(host.get("/metrics", operator, "X-Forwarded-For", "203.0.113.9")
                        .status())
                .isEqualTo(403);
        assertThat(host.get("/api/v1/me", METRICS_TOKEN).status()).isEqualTo(403);
    }

    @Test
    void everyAnswerHasTheHeadersAndNoneACookie() {
        for (Answer answer : new Answer[] {
            host.get("/live", null),
            host.get("/api/v1/me", viewer),
            host.get("/api/v1/me", null),
            host.get("/nothing", admin)
        }) {
            assertThat(answer.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Strict-Transport-Security")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/v1/me", "/api/v1/me%00", "/<script>"})
    void aPathThatIsNotTakenIsRefusedAsAProblemWithTheHeaders(String path) throws IOException {
        RawHttp.Reply reply = RawHttp.exchange(
                host.port(), "127.0.0.1", "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void encryptedRequestsAreToldToStaySo() {
        assertThat(host.get("/live", null, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https")
                        .header("Strict-Transport-Security"))
                .contains("max-age=");
    }

    @Test
    void anOriginThatIsNoneIsRefusedAndNotAFailureOfTheServer() {
        Answer answer = host.get("/api/v1/me", viewer, "Origin", "https://a%0d%0aX-Injected: yes");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void pagesOfConfiguredOriginsMayCall() {
        Answer preflight = host.send(
                "OPTIONS",
                "/api/v1/runs",
                null,
                null,
                "Origin",
                "https://app.example.org",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type");
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();

        assertThat(host.get("/api/v1/me", viewer, "Origin", "https://app.example.org")
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "http://app.example.org", "https://app.example.org.evil.example"
            })
    void pagesOfOthersMayNot(String origin) {
        Answer answer = host.get("/api/v1/me", viewer, "Origin", origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static Answer send(String method, String path, @Nullable String token) {
        return host.send(method, path, token, method.equals("POST") ? "{}" : null);
    }

    private static String key(Role role) {
        return switch (role) {
            case VIEWER -> viewer;
            case OPERATOR -> operator;
            case ADMIN -> admin;
        };
    }
}
