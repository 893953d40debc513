/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The caches under test.
 *
 * @param caches of one process
 * @param clock lets time pass
 * @param ttl how long values are fresh
 */
record CacheBench(Caches caches, Clock clock, Duration ttl) {

    /** The key of most rules. */
    static final String KEY = "key";

    /** Lets time pass by the clock of the caches. */
    @FunctionalInterface
    interface Clock {
        void pass(Duration time) throws Exception;
    }

    /** A loader that must not be called. */
    static final Supplier<Loaded<String>> NOT_CALLED = () -> {
        throw new AssertionError("the loader was called, though the value was there");
    };

    /** The bytes of texts. */
    record TextCodec(int version) implements CacheCodec<String> {

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A definition under a name that nobody has used. */
    CacheRegion<String> definition() {
        return CacheRegion.<String>local("kit-" + UUID.randomUUID(), String::length, ttl)
                .withCodec(new TextCodec(1));
    }

    /** A new region. */
    Cache<String> region() {
        return caches.region(definition());
    }

    void pass(Duration time) throws Exception {
        clock.pass(time);
    }

    /** Longer than a value is fresh. */
    void passTtl() throws Exception {
        pass(ttl.plusMillis(1));
    }

    /** A loader that finds this. */
    static Supplier<Loaded<String>> finding(String value, long version) {
        return () -> Loaded.of(value, version);
    }

    /** Keeps a value, and answers it. */
    static String load(Cache<String> cache, String value, long version) {
        return cache.get(KEY, finding(value, version)).found().orElseThrow();
    }
}
