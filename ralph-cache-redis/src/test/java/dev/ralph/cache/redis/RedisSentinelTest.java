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
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class RedisSentinelTest {

    private final AtomicInteger keys = new AtomicInteger();

    private static RedisCaches open(String url) {
        return RedisCaches.builder()
                .url(url)
                .config(RedisCacheConfig.DEFAULT.withConnections(1).withPing(Duration.ofMillis(200)))
                .build();
    }

    @Test
    void afterAFailOverTheNewServerIsUsedAndInvalidationsAreHeard() throws Exception {
        try (RedisProcess first = RedisProcess.start();
                RedisProcess second = RedisProcess.start("--replicaof", "127.0.0.1", String.valueOf(first.port()));
                RedisProcess sentinel = RedisProcess.sentinel(first.port())) {
            soon(
                    "a replica that is known",
                    () -> said(sentinel, "SENTINEL replicas ralph").contains(":" + second.port())
                            && said(second, "INFO replication").contains("master_link_status:up"));
            String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "#ralph";
            try (RedisCaches here = open(url);
                    RedisCaches there = open(url)) {
                Cache<String> texts = here.region(TEXTS);
                Cache<String> elsewhere = there.region(TEXTS);
                soon("a sound start", () -> share(texts, elsewhere));
                load(texts, "changed", "old", 1);
                soon("the value at the replica", () -> said(second, "KEYS *").contains("changed"));

                first.kill();
                texts.invalidate("changed", 2);
                assertThat(load(texts, "changed", "new", 2)).isEqualTo("new");

                soon("the fail-over", () -> said(second, "INFO replication").contains("role:master"));
                soon("values in the new server", () -> share(texts, elsewhere));
                soon("what Redis was not told of", () -> here.status().pending() == 0);
                assertThat(load(elsewhere, "changed", "new", 2)).isEqualTo("new");
                soon(
                        "sound subscriptions",
                        () -> here.status().subscribed() && there.status().subscribed());
                load(texts, "after", "old", 1);
                load(elsewhere, "after", "old", 1);
                texts.invalidate("after", 2);
                soon("an invalidation", () -> elsewhere.get("after").isEmpty());
            }
        }
    }

    private boolean share(Cache<String> here, Cache<String> there) {
        return shares(here, there, "key " + keys.incrementAndGet());
    }

    /** Nothing, while a server that changes its role hangs up on those who ask. */
    private static String said(RedisProcess to, String words) {
        try {
            return to.command(words);
        } catch (IOException e) {
            return "";
        }
    }
}
