/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.TestHost;
import dev.ralph.samples.spring.TestHost.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("integration")
class OidcTest {

    @TempDir
    static Path folder;

    static Issuer issuer;
    static TestHost host;

    @BeforeAll
    static void start() throws IOException {
        issuer = new Issuer();
        host = TestHost.onH2(
                folder,
                Map.of(
                        "host.oidc.issuer", issuer.url(),
                        "host.oidc.audience", "ralph",
                        "host.tenants", "default,two",
                        "host.keys.setup-token", "always"));
    }

    @AfterAll
    static void stop() {
        host.close();
        issuer.close();
    }

    @Test
    void aGoodTokenIsACaller() {
        Answer answer = host.get("/api/v1/me", issuer.signed(claims -> {}));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("principal").asString()).isEqualTo("oidc:alice");
        assertThat(answer.json().get("tenant").asString()).isEqualTo("default");
        assertThat(answer.json().get("role").asString()).isEqualTo("OPERATOR");
        assertThat(host.get("/api/v1/keys", issuer.signed(claims -> {})).status())
                .isEqualTo(403);
    }

    @Test
    void ofSeveralRolesTheHighestThatIsKnownCounts() {
        String token = issuer.signed(claims ->
                claims.claim("role", List.of("viewer", "admin", "emperor")).claim("tenant", "two"));

        assertThat(host.get("/api/v1/me", token).json().get("role").asString()).isEqualTo("ADMIN");
        assertThat(host.get("/api/v1/keys", token).status()).isEqualTo(200);
    }

    @Test
    void keysStillWorkBesideTokens() {
        String admin = host.admin("default");

        assertThat(host.get("/api/v1/me", admin).status()).isEqualTo(200);
    }

    static Stream<Arguments> badTokens() {
        Date past = Date.from(Instant.now().minusSeconds(120));
        Date future = Date.from(Instant.now().plusSeconds(120));
        return Stream.of(
                Arguments.of("alg=none", issuer.unsigned()),
                Arguments.of("HS256 with the public key", issuer.withThePublicKeyAsSecret(false)),
                Arguments.of("HS256 with the public key as PEM", issuer.withThePublicKeyAsSecret(true)),
                Arguments.of("another's signature", issuer.forged()),
                Arguments.of("an unknown key", issuer.ofUnknownKey()),
                Arguments.of("a key of its own", issuer.withItsOwnKey()),
                Arguments.of("no signature", issuer.signed(claims -> {}).replaceAll("\\.[^.]*$", ".")),
                Arguments.of("another audience", issuer.signed(claims -> claims.audience("shop"))),
                Arguments.of("no audience", issuer.signed(claims -> claims.audience(List.of()))),
                Arguments.of("another issuer", issuer.signed(claims -> claims.issuer("https://evil.example"))),
                Arguments.of("no issuer", issuer.signed(claims -> claims.issuer(null))),
                Arguments.of("expired", issuer.signed(claims -> claims.expirationTime(past))),
                Arguments.of("never expiring", issuer.signed(claims -> claims.expirationTime(null))),
                Arguments.of("not yet good", issuer.signed(claims -> claims.notBeforeTime(future))),
                Arguments.of("an unknown tenant", issuer.signed(claims -> claims.claim("tenant", "three"))),
                Arguments.of("no tenant", issuer.signed(claims -> claims.claim("tenant", null))),
                Arguments.of(
                        "several tenants", issuer.signed(claims -> claims.claim("tenant", List.of("default", "two")))),
                Arguments.of("an unknown role", issuer.signed(claims -> claims.claim("role", "emperor"))),
                Arguments.of("no role", issuer.signed(claims -> claims.claim("role", null))),
                Arguments.of("no subject", issuer.signed(claims -> claims.subject(null))),
                Arguments.of("a subject with a line break", issuer.signed(claims -> claims.subject("a\nb"))),
                Arguments.of("an endless subject", issuer.signed(claims -> claims.subject("a".repeat(201)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenWithAnyFaultIsRefused(String fault, String token) {
        Answer answer = host.get("/api/v1/me", token);

        assertThat(answer.status()).as(fault).isEqualTo(401);
        assertThat(answer.body()).contains("The credential is not valid");
    }

    @Test
    void unknownKeysDoNotMakeThisHostAskTheIssuerEachTime() {
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(host.get("/api/v1/me", issuer.ofUnknownKey()).status()).isEqualTo(401);
        }

        // Twice in half a minute, however many ask; a slow machine takes more than one.
        long halves = Duration.ofNanos(System.nanoTime() - start).toSeconds() / 30;
        assertThat((long) issuer.reads()).isLessThan(5 + 2 * halves).isLessThan(20);
        assertThat(host.get("/api/v1/me", issuer.signed(claims -> {})).status()).isEqualTo(200);
    }

    @Test
    void whileTheIssuerIsAwayTokensCannotBeChecked(@TempDir Path fresh) throws IOException {
        Issuer gone = new Issuer();
        gone.close();
        try (TestHost alone =
                TestHost.onH2(fresh, Map.of("host.oidc.issuer", gone.url(), "host.oidc.audience", "ralph"))) {
            Answer answer = alone.get("/api/v1/me", gone.signed(claims -> {}));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(alone.log())
                    .as("administrators come from the issuer")
                    .doesNotContain("ralph_setup_", "has no administrator");
        }
    }
}
