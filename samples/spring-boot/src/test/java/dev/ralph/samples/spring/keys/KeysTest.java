/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.samples.spring.TestHost;
import dev.ralph.samples.spring.TestHost.Answer;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("integration")
class KeysTest {

    @TempDir
    static Path folder;

    static TestHost host;
    static String admin;
    static String other;

    @BeforeAll
    static void start() {
        host = TestHost.onH2(folder, Map.of("host.tenants", "default,other", "host.keys.cache", "0s"));
        admin = host.admin("default");
        other = host.admin("other");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void aSetUpTokenIsGoodOnceAndIsNotToldFromAWrongOne() {
        Answer used = host.post("/api/v1/setup", null, "{\"token\":\"" + host.setupToken("default") + "\"}");
        Answer wrong = host.post("/api/v1/setup", null, "{\"token\":\"ralph_setup_" + "0".repeat(64) + "\"}");
        Answer none = host.post("/api/v1/setup", null, "{}");

        assertThat(used.status()).isEqualTo(401);
        assertThat(used.body()).isEqualTo(wrong.body()).isEqualTo(none.body());
        assertThat(entries("setup.exchange")).anySatisfy(entry -> {
            assertThat(entry.tenant()).isEqualTo("default");
            assertThat(entry.principal()).isEqualTo("setup");
            assertThat(entry.address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void aSetUpTokenIsNoBearerToken() {
        assertThat(host.get("/api/v1/me", host.setupToken("other")).status()).isEqualTo(401);
    }

    @Test
    void tokensOfTheFirstStartAreExchangedOnceHoweverManyTryAndThenNoMoreArePrinted(@TempDir Path fresh)
            throws Exception {
        String key;
        try (TestHost first = TestHost.onH2(fresh, Map.of())) {
            String body = "{\"token\":\"" + first.setupToken("default") + "\",\"name\":\"me\"}";
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Answer>> tries = IntStream.range(0, 8)
                    .mapToObj(
                            i -> threads.submit(() -> first.post("/api/v1/setup", null, body, "Accept", "text/plain")))
                    .toList();
            threads.shutdown();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : tries) {
                answers.add(each.get());
            }
            assertThat(answers).extracting(Answer::status).containsOnlyOnce(201);
            Answer won = answers.stream()
                    .filter(answer -> answer.status() == 201)
                    .findFirst()
                    .orElseThrow();
            assertThat(won.header("Content-Type")).startsWith("text/plain");
            key = won.body().strip();
            assertThat(key).matches("ralph_[0-9a-f]{24}_[0-9a-f]{64}");
        }
        try (TestHost second = TestHost.onH2(fresh, Map.of())) {
            assertThat(second.log()).doesNotContain("ralph_setup_", "has no administrator");
            assertThat(second.get("/api/v1/me", key).status()).isEqualTo(200);
        }
    }

    @Test
    void moreChangesAtOnceThanThereAreConnectionsHoldUpNobody(@TempDir Path fresh) throws Exception {
        try (TestHost small = TestHost.onH2(
                fresh,
                Map.of("spring.datasource.hikari.maximum-pool-size", "3", "host.requests.bodies-per-caller", "64"))) {
            String key = small.admin("default");
            ExecutorService threads = Executors.newFixedThreadPool(24);
            List<Future<Answer>> all = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(
                            () -> small.post("/api/v1/keys", key, "{\"name\":\"" + i + "\",\"role\":\"viewer\"}")))
                    .toList();
            threads.shutdown();
            for (Future<Answer> each : all) {
                // A connection is waited for longer than this.
                assertThat(each.get(20, TimeUnit.SECONDS).status()).isEqualTo(201);
            }
        }
    }

    @Test
    void keysAreListedByPagesWithTheNewestFirst(@TempDir Path fresh) {
        try (TestHost own = TestHost.onH2(fresh, Map.of())) {
            String key = own.admin("default");
            for (String name : List.of("a", "b", "c", "d")) {
                own.post("/api/v1/keys", key, "{\"name\":\"" + name + "\",\"role\":\"viewer\"}");
            }
            List<String> names = new ArrayList<>();
            String next = "/api/v1/keys?limit=2";
            int pages = 0;
            while (next != null) {
                Answer page = own.get(next, key);
                assertThat(page.status()).as(page.body()).isEqualTo(200);
                page.json()
                        .get("items")
                        .forEach(item -> names.add(item.get("name").asString()));
                String link = page.header("Link");
                next = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
                pages++;
            }
            assertThat(names).containsExactly("d", "c", "b", "a", "test");
            assertThat(pages).isEqualTo(3);
            assertThat(own.get("/api/v1/keys?after=none", key).status()).isEqualTo(404);
        }
    }

    @Test
    void aTokenThatNobodyUsedIsPrintedAnewWhenItHasExpired(@TempDir Path fresh) {
        String old;
        try (TestHost first = TestHost.onH2(fresh, Map.of())) {
            old = first.setupToken("default");
        }
        try (TestHost second = TestHost.onH2(fresh, Map.of())) {
            assertThat(second.log()).contains("printed at an earlier start").doesNotContain("ralph_setup_");
            second.bean(JdbcClient.class)
                    .sql("update \"host\".setup_token set expires_at = :past")
                    .param("past", KeyStore.stored(Instant.now().minusSeconds(1)))
                    .update();
            assertThat(second.post("/api/v1/setup", null, "{\"token\":\"" + old + "\"}")
                            .status())
                    .isEqualTo(401);
        }
        try (TestHost third = TestHost.onH2(fresh, Map.of())) {
            assertThat(third.setupToken("default")).isNotEqualTo(old);
            assertThat(third.admin("default")).startsWith("ralph_");
        }
    }

    @Test
    void aLostTokenIsReplacedAtTheNextStartIfThatIsAskedFor(@TempDir Path fresh) {
        String lost;
        try (TestHost first = TestHost.onH2(fresh, Map.of())) {
            lost = first.setupToken("default");
        }
        try (TestHost second = TestHost.onH2(fresh, Map.of("host.keys.setup-token", "renew"))) {
            assertThat(second.setupToken("default")).isNotEqualTo(lost);
            assertThat(second.post("/api/v1/setup", null, "{\"token\":\"" + lost + "\"}")
                            .status())
                    .isEqualTo(401);
            assertThat(second.admin("default")).startsWith("ralph_");
        }
    }

    @Test
    void aTokenIsNoGoodOnceItsTenantHasAnAdministrator(@TempDir Path fresh) {
        try (TestHost alone = TestHost.onH2(fresh, Map.of())) {
            alone.bean(Keys.class).issue(new Caller("oidc:alice", "default", Role.ADMIN, null), "a", Role.ADMIN, null);

            assertThat(alone.post("/api/v1/setup", null, "{\"token\":\"" + alone.setupToken("default") + "\"}")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void rotationDoesNotLengthenTheLifeOfAKey() {
        Answer issued = host.post("/api/v1/keys", admin, "{\"name\":\"a\",\"role\":\"viewer\",\"lifetime\":\"PT1H\"}");
        String id = issued.json().get("details").get("id").asString();
        host.bean(JdbcClient.class)
                .sql("update \"host\".api_key set created_at = :past where id = :id")
                .param("past", KeyStore.stored(Instant.now().minus(Duration.ofDays(30))))
                .param("id", id)
                .update();

        Answer rotated = host.post("/api/v1/keys/" + id + "/rotate", admin, "{}");

        Instant expiresAt =
                Instant.parse(rotated.json().get("details").get("expiresAt").asString());
        assertThat(Duration.between(Instant.now(), expiresAt)).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
    }

    @Test
    void aLeakedSecretIsUselessAtOnceIfThatIsAskedFor() {
        String old = host.key(admin, "viewer");
        String path = "/api/v1/keys/" + TestHost.idOf(old) + "/rotate";

        assertThat(host.post(path, admin, "{\"grace\":\"P8D\"}").status()).isEqualTo(400);
        Answer rotated = host.post(path, admin, "{\"grace\":\"PT0S\"}");

        assertThat(host.get("/api/v1/me", old).status()).isEqualTo(401);
        assertThat(host.get("/api/v1/me", rotated.json().get("key").asString()).status())
                .isEqualTo(200);
        assertThat(host.send("POST", path, admin, null).status()).as("no body").isEqualTo(200);
    }

    @Test
    void aKeyIsShownOnceAndKeptAsAHash() {
        Answer issued = host.post("/api/v1/keys", admin, "{\"name\":\"ci\",\"role\":\"operator\"}");
        String key = issued.json().get("key").asString();
        String id = issued.json().get("details").get("id").asString();
        String secret = key.substring(key.lastIndexOf('_') + 1);

        assertThat(issued.status()).isEqualTo(201);
        assertThat(host.get("/api/v1/me", key).json().get("role").asString()).isEqualTo("OPERATOR");
        assertThat(host.get("/api/v1/keys", admin).body()).contains(id).doesNotContain(secret);
        assertThat(host.bean(JdbcClient.class)
                        .sql("select * from \"host\".api_key where id = :id")
                        .param("id", id)
                        .query()
                        .singleRow()
                        .values())
                .extracting(String::valueOf)
                .noneMatch(value -> value.contains(secret))
                .contains(SecretText.hash(secret));
        assertThat(entries("key.issue")).anySatisfy(entry -> {
            assertThat(entry.resource()).isEqualTo("key/" + id);
            assertThat(entry.principal()).isEqualTo("key:" + TestHost.idOf(admin));
            assertThat(entry.address()).isEqualTo("127.0.0.1");
            assertThat(entry.tenant()).isEqualTo("default");
            assertThat(entry.details()).containsEntry("role", "OPERATOR");
        });
        assertThat(entries("key.issue").toString()).doesNotContain(secret);
    }

    @Test
    void aKeyIsGoodForNinetyDaysUnlessAskedForLess() {
        Instant now = Instant.now();
        Instant standard = Instant.parse(host.post("/api/v1/keys", admin, "{\"name\":\"a\",\"role\":\"viewer\"}")
                .json()
                .get("details")
                .get("expiresAt")
                .asString());
        Instant shorter = Instant.parse(
                host.post("/api/v1/keys", admin, "{\"name\":\"a\",\"role\":\"viewer\",\"lifetime\":\"PT1H\"}")
                        .json()
                        .get("details")
                        .get("expiresAt")
                        .asString());

        assertThat(Duration.between(now, standard)).isCloseTo(Duration.ofDays(90), Duration.ofMinutes(1));
        assertThat(Duration.between(now, shorter)).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"\",\"role\":\"viewer\"}",
                "{\"role\":\"viewer\"}",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"role\":\"root\"}",
                "{\"name\":\"a\\nb\",\"role\":\"viewer\"}",
                "{\"name\":\"a\",\"role\":\"viewer\",\"lifetime\":\"P366D\"}",
                "{\"name\":\"a\",\"role\":\"viewer\",\"lifetime\":\"PT0S\"}",
                "{\"name\":\"a\",\"role\":\"viewer\",\"lifetime\":\"-P1D\"}"
            })
    void wrongWishesAreRefused(String body) {
        assertThat(host.post("/api/v1/keys", admin, body).status()).isEqualTo(400);
    }

    @Test
    void anExpiredKeyIsRefused() {
        String key = host.key(admin, "viewer");
        host.bean(JdbcClient.class)
                .sql("update \"host\".api_key set expires_at = :past where id = :id")
                .param("past", KeyStore.stored(Instant.now().minusMillis(1)))
                .param("id", TestHost.idOf(key))
                .update();

        assertThat(host.get("/api/v1/me", key).status()).isEqualTo(401);
        assertThat(refusals()).anySatisfy(entry -> {
            assertThat(entry.details()).containsEntry("reason", "expired");
            assertThat(entry.principal()).isEqualTo("key:" + TestHost.idOf(key));
            assertThat(entry.tenant()).isEqualTo("default");
            assertThat(entry.address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void aRotatedKeyHasANewSecretAndTheOldOneForTheTimeOfGrace() {
        String old = host.key(admin, "viewer");
        String id = TestHost.idOf(old);
        Answer rotated = host.post("/api/v1/keys/" + id + "/rotate", admin, "{}");
        String renewed = rotated.json().get("key").asString();

        assertThat(renewed).startsWith("ralph_" + id + "_").isNotEqualTo(old);
        assertThat(host.get("/api/v1/me", renewed).status()).isEqualTo(200);
        assertThat(host.get("/api/v1/me", old).status()).isEqualTo(200);

        host.bean(JdbcClient.class)
                .sql("update \"host\".api_key set previous_until = :past where id = :id")
                .param("past", KeyStore.stored(Instant.now().minusMillis(1)))
                .param("id", id)
                .update();
        assertThat(host.get("/api/v1/me", old).status()).isEqualTo(401);
        assertThat(host.get("/api/v1/me", renewed).status()).isEqualTo(200);
        assertThat(entries("key.rotate")).anyMatch(entry -> entry.resource().equals("key/" + id));
    }

    @Test
    void aRevokedKeyIsUselessAtOnceAndStaysSo() {
        String key = host.key(admin, "viewer");
        String id = TestHost.idOf(key);

        assertThat(host.delete("/api/v1/keys/" + id, admin).status()).isEqualTo(204);
        assertThat(host.delete("/api/v1/keys/" + id, admin).status()).isEqualTo(204);
        assertThat(host.get("/api/v1/me", key).status()).isEqualTo(401);
        assertThat(host.post("/api/v1/keys/" + id + "/rotate", admin, "{}").status())
                .isEqualTo(404);
        assertThat(entries("key.revoke"))
                .filteredOn(entry -> entry.resource().equals("key/" + id))
                .hasSize(1);
    }

    @Test
    void anAdministratorSeesAndTouchesKeysOfItsOwnTenantAlone() {
        String theirs = TestHost.idOf(host.key(other, "viewer"));

        assertThat(host.get("/api/v1/keys", admin).body()).doesNotContain(theirs);
        assertThat(host.delete("/api/v1/keys/" + theirs, admin).status()).isEqualTo(404);
        assertThat(host.post("/api/v1/keys/" + theirs + "/rotate", admin, "{}").status())
                .isEqualTo(404);
        assertThat(host.post("/api/v1/keys", admin, "{\"name\":\"a\",\"role\":\"admin\",\"tenant\":\"other\"}")
                        .json()
                        .path("details")
                        .path("tenant")
                        .asString("default"))
                .isEqualTo("default");
        assertThat(host.get("/api/v1/keys", other).body()).contains(theirs);
    }

    @Test
    void itIsKnownWhenAKeyWasLastUsed() {
        String key = host.key(admin, "viewer");
        host.get("/api/v1/me", key);

        assertThat(host.bean(JdbcClient.class)
                        .sql("select count(*) from \"host\".api_key where id = :id and last_used_at is not null")
                        .param("id", TestHost.idOf(key))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private static List<AuditEntry> refusals() {
        return entries("login.refused");
    }

    private static List<AuditEntry> entries(String action) {
        return host
                .bean(Orchestrator.class)
                .audit()
                .orElseThrow()
                .list(AuditQuery.NEWEST.withAction(action).withLimit(1000))
                .items()
                .stream()
                .map(AuditRecord::entry)
                .toList();
    }
}
