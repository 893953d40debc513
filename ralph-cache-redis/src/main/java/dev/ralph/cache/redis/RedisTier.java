/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheCounters;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Loaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A region in Redis. Keys lie in buckets, each of which is in one slot of a cluster and has an epoch: a random number, by which
 * everything in it is dropped at once, and by which it is noticed if Redis lost everything. Thread-safe.
 *
 * @param <V> immutable values
 */
final class RedisTier<V> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisTier.class);
    static final int BUCKETS = 64;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ABOVE_ALL = bytes("~");

    private final CacheRegion<V> region;
    private final CacheCodec<V> codec;
    private final RedisLink link;
    private final CacheCounters counters;
    private final String prefix;
    private final byte[] channel;
    private final Duration longest;
    private final byte[] codecName;
    private final byte[][] fields;
    private final byte[] ttl;
    private final byte[] negativeTtl;
    private final byte[] mostBytes;

    RedisTier(
            CacheRegion<V> region,
            CacheCodec<V> codec,
            RedisLink link,
            CacheCounters counters,
            RedisCacheConfig config,
            String channel) {
        this.region = region;
        this.codec = codec;
        this.link = link;
        this.counters = counters;
        this.prefix = prefix(config, region.name());
        this.channel = bytes(channel);
        this.longest = config.ttl();
        this.codecName = bytes("c" + codec.version());
        this.fields = RedisLook.fields("c" + codec.version());
        this.ttl = millis(region.ttl());
        this.negativeTtl = millis(region.negativeTtl());
        this.mostBytes = number(region.maxBytes());
    }

    /**
     * What Redis says of a key.
     *
     * @param found the value; null if there is none that will do
     * @param stamp proves to {@link #write} that no invalidation came since; null if there is a value, or Redis did not answer
     */
    record Found<V>(@Nullable Loaded<V> found, @Nullable String stamp) {}

    /** Asks for a value of this version or a higher one; {@link Long#MAX_VALUE} for the stamp alone. */
    Found<V> read(String key, long lowest, Budget budget) {
        List<byte[]> names = names(key);
        if (lowest == Long.MAX_VALUE || !link.looks()) {
            return read(key, names, lowest, budget);
        }
        RedisLink.Answer<RedisLook> answer = link.look(budget, names, fields);
        RedisLook look = answer.value().orElse(null);
        if (look == null) {
            count(answer);
            return new Found<>(null, null);
        }
        List<Object> hit = look.hit(
                padded(lowest), region.ttl().toMillis(), region.negativeTtl().toMillis(), region.maxBytes());
        Loaded<V> found = hit == null ? null : decoded(hit);
        return found == null
                ? read(key, names, hit == null ? lowest : Long.MAX_VALUE, budget)
                : new Found<>(found, null);
    }

    private Found<V> read(String key, List<byte[]> names, long lowest, Budget budget) {
        RedisLink.Answer<List<Object>> answer = link.call(
                RedisScript.READ,
                budget,
                names,
                nonce(),
                ttl,
                codecName,
                lowest == Long.MAX_VALUE ? ABOVE_ALL : padded(lowest),
                mostBytes,
                negativeTtl);
        List<Object> said = answer.value().orElse(null);
        if (said == null) {
            count(answer);
            return new Found<>(null, null);
        }
        if (said.size() == 1) {
            return new Found<>(null, text(said.get(0)));
        }
        Loaded<V> found = decoded(said);
        return found == null ? read(key, names, Long.MAX_VALUE, budget) : new Found<>(found, null);
    }

    private @Nullable Loaded<V> decoded(List<Object> said) {
        try {
            long version = Long.parseUnsignedLong(text(said.get(1))) - 1;
            Duration age = Duration.ofMillis(Long.parseLong(text(said.get(2))));
            Loaded<V> loaded =
                    said.size() > 3 ? Loaded.of(codec.decode((byte[]) said.get(3)), version) : Loaded.<V>none();
            return loaded.aged(age);
        } catch (RuntimeException e) {
            counters.decodeFailure();
            // Without the exception, which may quote the value.
            LOG.debug("A value of cache region {} in Redis cannot be read: {}", region.name(), kind(e));
            return null;
        }
    }

    /**
     * Keeps a value, unless something newer is there.
     *
     * @param stamp as it was read before the value was; null for a value that was read at an unknown time
     * @param longestFresh counts if it is shorter than what the region says
     */
    void write(String key, Loaded<V> loaded, @Nullable String stamp, Duration longestFresh, Budget budget) {
        V value = loaded.value();
        byte[] encoded = null;
        if (value != null) {
            try {
                encoded = codec.encode(value);
            } catch (RuntimeException e) {
                LOG.debug("A value of cache region {} cannot be written to Redis: {}", region.name(), kind(e));
                return;
            }
            if (encoded.length > region.maxBytes()) {
                counters.oversized();
                boolean versioned = loaded.version() > Loaded.UNVERSIONED;
                drop(key, versioned ? loaded.version() : Long.MAX_VALUE);
                return;
            }
        }
        Duration most = shortest(value == null ? region.negativeTtl() : region.ttl(), longestFresh, longest);
        double part = 1 - region.jitter() * ThreadLocalRandom.current().nextDouble();
        List<byte[]> values = new ArrayList<>(List.of(
                nonce(),
                ttl,
                codecName,
                stamp == null ? NOTHING : bytes(stamp),
                padded(loaded.version()),
                millis(loaded.age()),
                number((long) (most.toMillis() * part))));
        if (encoded != null) {
            values.add(encoded);
        }
        count(link.call(RedisScript.WRITE, budget, names(key), values.toArray(new byte[0][])));
    }

    /**
     * Drops what is below a version, or anything with {@link Long#MAX_VALUE}, and tells of it.
     *
     * @return whether Redis did
     */
    boolean outdate(String key, long version, Message message, Budget budget) {
        RedisLink.Answer<List<Object>> answer =
                link.call(RedisScript.OUTDATE, budget, names(key), outdating(version, channel, bytes(message.text())));
        count(answer);
        return answer.value().isPresent();
    }

    /** The same, but tells nobody, and does not wait. */
    @SuppressWarnings("FutureReturnValueIgnored") // Its end is seen to.
    private void drop(String key, long version) {
        link.send(RedisScript.OUTDATE, names(key), outdating(version, NOTHING, NOTHING))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        counters.outerFailure();
                    }
                });
    }

    private byte[][] outdating(long version, byte[] to, byte[] message) {
        return new byte[][] {nonce(), ttl, version == Long.MAX_VALUE ? NOTHING : padded(version), to, message};
    }

    /**
     * Drops everything of these buckets. Their bytes stay until {@link RedisSweep} takes them away.
     *
     * @return those in which Redis did
     */
    Set<Integer> empty(Set<Integer> buckets, Budget budget) {
        Map<Integer, CompletableFuture<List<Object>>> calls = new HashMap<>();
        buckets.forEach(bucket ->
                calls.put(bucket, link.send(RedisScript.EMPTY, List.of(bytes(prefix + bucket + "}")), nonce(), ttl)));
        try {
            budget.spend(
                    System::nanoTime,
                    (time, unit) -> CompletableFuture.allOf(calls.values().toArray(new CompletableFuture<?>[0]))
                            .get(time, unit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            counters.outerFailure();
        }
        return calls.entrySet().stream()
                .filter(call -> call.getValue().isDone() && !call.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void count(RedisLink.Answer<?> answer) {
        if (answer.failed()) {
            counters.outerFailure();
        }
    }

    private List<byte[]> names(String key) {
        String bucket = prefix + bucketOf(key) + "}";
        return Arrays.asList(bytes(bucket), bytes(bucket + ":" + key));
    }

    /** The number of the bucket of a key. */
    static int bucketOf(String key) {
        int hash = key.hashCode();
        return Math.floorMod(hash ^ hash >>> 16, BUCKETS);
    }

    /** What the names of a region begin with; the number of a bucket, a brace, and for an entry a colon and its key follow. */
    static String prefix(RedisCacheConfig config, String region) {
        return config.keyPrefix() + ":{" + region + ".";
    }

    private static String kind(RuntimeException failure) {
        return failure.getClass().getSimpleName();
    }

    private static Duration shortest(Duration... times) {
        return Arrays.stream(times).min(Duration::compareTo).orElseThrow();
    }

    /** So that the order of texts is that of versions, with the one of what does not exist at first. */
    private static byte[] padded(long version) {
        String digits = Long.toUnsignedString(version + 1);
        return bytes("0".repeat(20 - digits.length()) + digits);
    }

    private byte[] nonce() {
        return bytes(link.nonce());
    }

    private static byte[] millis(Duration time) {
        return number(Math.max(1, time.toMillis()));
    }

    private static byte[] number(long value) {
        return bytes(Long.toString(value));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
