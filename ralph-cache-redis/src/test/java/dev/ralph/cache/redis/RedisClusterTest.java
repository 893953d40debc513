/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.TEXTS;
import static dev.ralph.cache.redis.TestRegions.load;
import static dev.ralph.cache.redis.TestRegions.shares;
import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.Cache;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class RedisClusterTest {

    /** What docs/caching.md says a user needs in a cluster, beside what one server needs. */
    private static final String MORE = " +cluster|slots +cluster|nodes +cluster|info +cluster|myid +info";

    private static RedisCaches open(RedisCluster cluster) {
        return RedisCaches.builder()
                .url(cluster.url().replace("//", "//someone:hunter2%40@"))
                .config(RedisCacheConfig.DEFAULT
                        .withConnections(1)
                        .withCallTimeout(Duration.ofMillis(200))
                        .withPing(Duration.ofSeconds(1)))
                .build();
    }

    @Test
    void aRegionLiesOnAllServersAndThoseThatAnswerAreUsedWhileOneIsFrozen() throws Exception {
        try (RedisCluster cluster = RedisCluster.start()) {
            for (RedisProcess server : cluster.servers()) {
                server.command(RedisAccessTest.USER + MORE);
            }
            useWhileOneIsFrozen(cluster);
        }
    }

    private static void useWhileOneIsFrozen(RedisCluster cluster) throws Exception {
        try (RedisCaches here = open(cluster);
                RedisCaches there = open(cluster)) {
            assertThat(here.status().connected()).isTrue();
            Cache<String> texts = here.region(TEXTS);
            Cache<String> elsewhere = there.region(TEXTS);
            IntStream.range(0, 200).forEach(i -> load(texts, "key " + i, "shared", 1));
            for (RedisProcess server : cluster.servers()) {
                assertThat(server.command("DBSIZE").lines().findFirst().orElseThrow())
                        .isNotEqualTo(":0");
            }
            load(elsewhere, "told", "old", 1);
            texts.invalidate("told", 2);
            soon("an invalidation", () -> elsewhere.get("told").isEmpty());

            cluster.servers().get(2).freeze();
            long found = IntStream.range(0, 200)
                    .filter(i -> load(elsewhere, "key " + i, "loaded", 1).equals("shared"))
                    .count();

            assertThat(found)
                    .as("of 200 values, a third of which is on the frozen server")
                    .isBetween(60L, 199L);
            texts.invalidateAll();
            assertThat(here.status().pending()).isPositive();
            soon(
                    "the others to be told by one that answers",
                    () -> elsewhere.get("key 1").isEmpty());
            soon(
                    "values to be shared by way of those that answer",
                    () -> IntStream.range(0, 50)
                            .anyMatch(i -> shares(texts, elsewhere, "new " + i + " " + System.nanoTime())));

            cluster.servers().get(2).thaw();
            soon("all to be emptied", () -> here.status().pending() == 0);
            soon("all to be swept", () -> here.status().unswept() == 0);
            for (RedisProcess server : cluster.servers()) {
                assertThat(server.command("KEYS *:key*")).startsWith("*0");
            }
        }
    }
}
