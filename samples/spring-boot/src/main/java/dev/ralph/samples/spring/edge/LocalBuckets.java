/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;

/** Buckets of this process. There are at most so many; the ones used least go first, and begin anew when they come back. */
final class LocalBuckets {

    private static final long MAX_BUCKETS = 100_000;

    private final Cache<String, Entry> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfter(Expiry.<String, Entry>accessing((key, entry) -> entry.window.multipliedBy(2)))
            .build();

    private record Entry(Bucket bucket, Duration window) {}

    ConsumptionProbe take(String key, BucketConfiguration configuration, Duration window) {
        return buckets.get(key, ignored -> new Entry(bucket(configuration), window))
                .bucket
                .tryConsumeAndReturnRemaining(1);
    }

    private static Bucket bucket(BucketConfiguration configuration) {
        LocalBucketBuilder builder = Bucket.builder().withMillisecondPrecision();
        for (Bandwidth limit : configuration.getBandwidths()) {
            builder.addLimit(limit);
        }
        return builder.build();
    }
}
