/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheCounters;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Loaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Texts in a cache. */
final class TestRegions {

    static final CacheRegion<String> TEXTS = CacheRegion.<String>local("texts", String::length, Duration.ofMinutes(1))
            .withCodec(new Text());

    private TestRegions() {}

    static Supplier<Loaded<String>> finding(String value, long version) {
        return () -> Loaded.of(value, version);
    }

    static String load(Cache<String> cache, String key, String value, long version) {
        return cache.get(key, finding(value, version)).found().orElseThrow();
    }

    static void soon(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    /** Whether another process gets what this one has loaded. */
    static boolean shares(Cache<String> here, Cache<String> there, String key) {
        load(here, key, "shared", 1);
        return load(there, key, "loaded again", 1).equals("shared");
    }

    /** Connected, for as long as nobody closes it. */
    static RedisLink link(RedisProcess redis) {
        RedisCacheConfig config = RedisCacheConfig.DEFAULT.withConnections(1).withCallTimeout(Duration.ofSeconds(10));
        RedisLink link = new RedisLink(
                LettuceServers.of(RedisUrl.parse(redis.url()), SentinelLogin.NONE, Duration.ofSeconds(5), null),
                config,
                "the test");
        link.open(new RedisSubscriber("ralph:invalidations", "the test", message -> {}, () -> {}));
        return link;
    }

    /** A region in Redis with nothing in front of it. */
    static RedisTier<String> tier(CacheRegion<String> region, RedisLink link) {
        return new RedisTier<>(
                region,
                Objects.requireNonNull(region.codec()),
                link,
                new CacheCounters(System::nanoTime),
                RedisCacheConfig.DEFAULT,
                "nobody");
    }

    private static final class Text implements CacheCodec<String> {

        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
