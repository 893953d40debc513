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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
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
        return builder(url).build();
    }

    private static RedisCachesBuilder builder(String url) {
        return RedisCaches.builder()
                .url(url)
                .config(RedisCacheConfig.DEFAULT.withConnections(1).withPing(Duration.ofMillis(200)));
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

    @Test
    void sentinelsThatHaveAPasswordAreAskedByIt() throws Exception {
        try (RedisProcess server = RedisProcess.start("--requirepass", "of-the-server");
                RedisProcess sentinel = RedisProcess.sentinel(
                        server.port(), "sentinel auth-pass ralph of-the-server", "requirepass of-the-sentinel")) {
            String url = "redis-sentinel://:of-the-server@127.0.0.1:" + sentinel.port() + "#ralph";
            try (RedisCaches here =
                            builder(url).sentinelLogin(null, "of-the-sentinel").build();
                    RedisCaches there = builder(url)
                            .sentinelLogin("default", "of-the-sentinel")
                            .build()) {
                Cache<String> texts = here.region(TEXTS);
                Cache<String> elsewhere = there.region(TEXTS);
                soon("values of the server", () -> share(texts, elsewhere));
            }
            try (RedisCaches without = builder(url).build()) {
                assertThat(without.status().subscribed()).isFalse();
            } catch (ConfigurationException e) {
                assertThat(e).hasMessageContaining("refuses").hasMessageNotContaining("of-the-");
            }
        }
    }

    @Test
    void aLoginForSentinelsThatAreNotThereIsRefused() {
        assertThatThrownBy(() -> RedisCaches.builder()
                        .url("redis://127.0.0.1:1")
                        .sentinelLogin(null, "secret")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("password for sentinels");
        assertThatThrownBy(() -> RedisCaches.builder().sentinelLogin("user", null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("without a password");
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
