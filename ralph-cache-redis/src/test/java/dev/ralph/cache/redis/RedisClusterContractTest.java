/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.cache.Caches;
import dev.ralph.tck.SharedCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("integration")
@Tag("scale")
class RedisClusterContractTest extends SharedCacheContract {

    private static RedisCluster redis;

    private final RedisClock clock = new RedisClock(() -> redis.servers());

    @BeforeAll
    static void startRedis() throws Exception {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.close();
    }

    @Override
    protected Caches open() {
        // A ping that comes late on a busy machine would drop what a rule expects to be there.
        return RedisCaches.builder()
                .url(redis.url())
                .config(RedisCacheConfig.DEFAULT
                        .withConnections(2)
                        .withPing(Duration.ofMinutes(1))
                        .withCallTimeout(Duration.ofSeconds(10)))
                .nanoTime(clock::nanoTime)
                .build();
    }

    @Override
    protected Caches openElsewhere() {
        return open();
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }
}
