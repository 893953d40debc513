/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ralph.ContentUnreadableException;
import dev.ralph.CostQuery;
import dev.ralph.Erasure;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgent;
import dev.ralph.cache.redis.RedisCacheConfig;
import dev.ralph.cache.redis.RedisCaches;
import dev.ralph.spi.Secret;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure, no byte of what was read about somebody is left in Redis. */
@Tag("integration")
class RedisErasureTest {

    private static final String CANARY = "c4n4ry";
    private static final String SUBJECT = "person-7a1e";
    private static final String KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(UTF_8));
    private static final int ID_BYTES = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private LoopbackRedis redis;

    @BeforeEach
    void start() throws Exception {
        redis = LoopbackRedis.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void ofWhatWasInClear() throws Exception {
        try (JdbcStore store = store(EncryptionConfig.NONE);
                RedisCaches caches = caches();
                Orchestrator ralph = ralph(store, caches)) {
            RunId run = workAndRead(ralph);
            List<byte[]> before = everything();
            assertThat(has(before, CANARY)).isTrue();
            assertThat(has(before, SUBJECT)).isTrue();

            erase(ralph, caches);

            requireGone(run);
        }
    }

    @Test
    void ofWhatWasSealedAndWhatSomebodyKeptOfItDoesNotOpen() throws Exception {
        try (JdbcStore store = store(keyed());
                RedisCaches caches = caches();
                Orchestrator ralph = ralph(store, caches)) {
            RunId run = workAndRead(ralph);
            List<byte[]> before = everything();
            assertThat(has(before, CANARY)).isFalse();
            assertThat(has(before, SUBJECT)).isFalse();
            assertThat(has(before, run.toString())).isTrue();
            byte[] row = before.stream()
                    .filter(bytes -> indexOf(bytes, bytes(run)) == 0)
                    .findFirst()
                    .orElseThrow();
            byte[] sealed = Arrays.copyOfRange(row, ID_BYTES, row.length);
            assertThat(open(store, run, sealed)).contains(SUBJECT);

            erase(ralph, caches);

            requireGone(run);
            assertThatExceptionOfType(ContentUnreadableException.class)
                    .isThrownBy(() -> open(store, run, sealed))
                    .withMessageContaining("was destroyed");
        }
    }

    /** A run of the subject, which people look at from all sides. */
    private RunId workAndRead(Orchestrator ralph) throws Exception {
        RunId run = ralph.run(RunSpec.prompt("Do what the " + CANARY + " says")
                        .subject(SUBJECT)
                        .label("for", SUBJECT)
                        .taskId("task of " + SUBJECT)
                        .workspace(Files.createDirectories(folder.resolve("work")))
                        .agent("clerk")
                        .limits(Limits.builder().maxIterations(2).build())
                        .build())
                .id();
        assertThat(ralph.find(run)).isPresent();
        assertThat(ralph.findByTaskId("task of " + SUBJECT)).isPresent();
        assertThat(ralph.list(RunQuery.NEWEST.withSubject(SUBJECT)).items()).hasSize(1);
        assertThat(ralph.costs(CostQuery.ALL)).isNotEmpty();
        return run;
    }

    private static void erase(Orchestrator ralph, RedisCaches caches) {
        Erasure erased = ralph.privacy().erase(SUBJECT);
        assertThat(erased.runs()).isEqualTo(1);
        await("Redis to be rid of it")
                .atMost(Duration.ofSeconds(30))
                .until(() -> caches.status().unswept() == 0);
    }

    private void requireGone(RunId run) {
        List<byte[]> after = everything();
        assertThat(has(after, CANARY)).isFalse();
        assertThat(has(after, SUBJECT)).isFalse();
        // Its id may be there again as a key: somebody asked for it since, and learnt that there is none.
        assertThat(after).noneMatch(bytes -> indexOf(bytes, bytes(run)) >= 0);
    }

    private JdbcStore store(EncryptionConfig encryption) {
        return JdbcStore.builder()
                .h2File(folder.resolve("runs"))
                .pool(1, 5)
                .encryption(encryption)
                .build();
    }

    private static EncryptionConfig keyed() {
        return EncryptionConfig.with(EncryptionKeys.of(new Secret("ENCRYPTION_KEY", KEY)));
    }

    private RedisCaches caches() {
        return RedisCaches.builder()
                .url(redis.url())
                .config(RedisCacheConfig.DEFAULT
                        .withConnections(1)
                        .withPing(Duration.ofMillis(50))
                        .withCallTimeout(Duration.ofSeconds(10)))
                .build();
    }

    private static Orchestrator ralph(JdbcStore store, RedisCaches caches) {
        return Orchestrator.builder()
                .store(store)
                .caches(caches)
                .agent(CommandAgent.builder("clerk")
                        .command("sh", "-c", "cat >/dev/null; echo " + CANARY + "; echo LOOP_COMPLETE")
                        .build())
                .build();
    }

    private static String open(JdbcStore store, RunId run, byte[] sealed) {
        return new String(store.contentSeal().orElseThrow().open(run, "cache:run", sealed), UTF_8);
    }

    /** All keys in Redis, and all that is kept under them. */
    private List<byte[]> everything() {
        RedisClient client = RedisClient.create(redis.url());
        try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            RedisCommands<byte[], byte[]> commands = connection.sync();
            List<byte[]> all = new ArrayList<>();
            for (byte[] key : commands.keys("*")) {
                all.add(key);
                if (commands.type(key).equals("hash")) {
                    commands.hgetall(key).forEach((field, value) -> all.addAll(List.of(field, value)));
                } else {
                    all.add(commands.dump(key));
                }
            }
            return all;
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** Whether a text is in there: as it is, in hexadecimal digits, or in base64, wherever in what was encoded it stands. */
    private static boolean has(List<byte[]> all, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<String> forms = new ArrayList<>(List.of(text, HexFormat.of().formatHex(bytes)));
        IntStream.range(0, 3).forEach(before -> {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.add(encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6));
        });
        return all.stream()
                .map(each -> new String(each, ISO_8859_1))
                .anyMatch(each -> forms.stream().anyMatch(each::contains));
    }

    private static byte[] bytes(RunId run) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits())
                .array();
    }

    private static int indexOf(byte[] all, byte[] part) {
        return new String(all, ISO_8859_1).indexOf(new String(part, ISO_8859_1));
    }
}
