/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a region keeps, and for how long.
 *
 * @param name unique among the regions of a cache: small letters, digits, {@code -}; part of names in an outer tier
 * @param codec for tiers outside this process; null for values that must not leave it, or are of no use elsewhere
 * @param weigher about how many bytes a value takes in memory; quick
 * @param ttl how old a value may be when it is answered, over all tiers together
 * @param negativeTtl the same for what does not exist
 * @param jitter the largest part, from 0 to 1 exclusive, by which a TTL is shortened at random, so that values kept at once do
 *     not all run out at once
 * @param staleFor how long past its TTL a value may be answered while the source cannot be reached; zero for never
 * @param maxEntries keys this process holds, those with only a floor among them; the outer tier has limits of its own
 * @param maxBytes the largest value that is kept, by its weight here and by its encoded length in an outer tier
 * @param maxTotalBytes what this process holds of the region, by the weights of its values and about 200 bytes for each key
 */
public record CacheRegion<V>(
        String name,
        @Nullable CacheCodec<V> codec,
        ToIntFunction<? super V> weigher,
        Duration ttl,
        Duration negativeTtl,
        double jitter,
        Duration staleFor,
        int maxEntries,
        int maxBytes,
        int maxTotalBytes) {

    /** What a region takes in memory at most, unless it says otherwise. */
    public static final int DEFAULT_TOTAL_BYTES = 64_000_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is outside its range: TTLs are longer than zero, the negative one no longer than the
     *     other, both and {@code staleFor} at most a year
     */
    public CacheRegion {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException("name", name, "must be small letters, digits and '-'");
        }
        requireWithin("ttl", ttl, Duration.ofNanos(1), LONGEST);
        requireWithin("negativeTtl", negativeTtl, Duration.ofNanos(1), ttl);
        requireWithin("staleFor", staleFor, Duration.ZERO, LONGEST);
        if (!(jitter >= 0 && jitter < 1)) {
            throw new InvalidValueException("jitter", jitter, "must be from 0 to 1, exclusive");
        }
        if (maxEntries < 1) {
            throw new InvalidValueException("maxEntries", maxEntries, "must be 1 or more");
        }
        if (maxBytes < 1) {
            throw new InvalidValueException("maxBytes", maxBytes, "must be 1 or more");
        }
        if (maxTotalBytes < maxBytes) {
            throw new InvalidValueException(
                    "maxTotalBytes", maxTotalBytes, "must be maxBytes, which is " + maxBytes + ", or more");
        }
    }

    /** {@link #DEFAULT_TOTAL_BYTES} in all, or one of the largest values. */
    public CacheRegion(
            String name,
            @Nullable CacheCodec<V> codec,
            ToIntFunction<? super V> weigher,
            Duration ttl,
            Duration negativeTtl,
            double jitter,
            Duration staleFor,
            int maxEntries,
            int maxBytes) {
        this(
                name,
                codec,
                weigher,
                ttl,
                negativeTtl,
                jitter,
                staleFor,
                maxEntries,
                maxBytes,
                Math.max(DEFAULT_TOTAL_BYTES, maxBytes));
    }

    /**
     * A region in this process alone, without jitter or stale values, with the same TTL for what does not exist, of 10,000 keys
     * and a megabyte a value at most, and {@link #DEFAULT_TOTAL_BYTES} in all.
     */
    public static <V> CacheRegion<V> local(String name, ToIntFunction<? super V> weigher, Duration ttl) {
        return new CacheRegion<>(name, null, weigher, ttl, ttl, 0, Duration.ZERO, 10_000, 1_000_000);
    }

    /** The same, for outer tiers too. */
    public CacheRegion<V> withCodec(@Nullable CacheCodec<V> other) {
        return new CacheRegion<>(
                name, other, weigher, ttl, negativeTtl, jitter, staleFor, maxEntries, maxBytes, maxTotalBytes);
    }

    public CacheRegion<V> withTtl(Duration longest, Duration negative) {
        return new CacheRegion<>(
                name, codec, weigher, longest, negative, jitter, staleFor, maxEntries, maxBytes, maxTotalBytes);
    }

    public CacheRegion<V> withJitter(double part) {
        return new CacheRegion<>(
                name, codec, weigher, ttl, negativeTtl, part, staleFor, maxEntries, maxBytes, maxTotalBytes);
    }

    public CacheRegion<V> withStaleFor(Duration time) {
        return new CacheRegion<>(
                name, codec, weigher, ttl, negativeTtl, jitter, time, maxEntries, maxBytes, maxTotalBytes);
    }

    public CacheRegion<V> withLimits(int entries, int bytesPerValue) {
        return new CacheRegion<>(
                name,
                codec,
                weigher,
                ttl,
                negativeTtl,
                jitter,
                staleFor,
                entries,
                bytesPerValue,
                Math.max(maxTotalBytes, bytesPerValue));
    }

    public CacheRegion<V> withTotal(int bytes) {
        return new CacheRegion<>(name, codec, weigher, ttl, negativeTtl, jitter, staleFor, maxEntries, maxBytes, bytes);
    }

    /** How old what was loaded may become, before jitter. */
    Duration ttlOf(Loaded<V> loaded) {
        return loaded.value() == null ? negativeTtl : ttl;
    }

    private static void requireWithin(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(field, value, "must be from " + least + " to " + most);
        }
    }
}
