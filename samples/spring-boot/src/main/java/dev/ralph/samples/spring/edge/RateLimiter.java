/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in fixed windows: over Redis, for all instances together, if there is one; in this process if there is none
 * or it is away. What Redis does not count is counted here, so that a limit always holds.
 */
public final class RateLimiter {

    private final LocalBuckets local;
    private final @Nullable RedisBuckets redis;
    private final InstantSource clock;

    RateLimiter(LocalBuckets local, @Nullable RedisBuckets redis, InstantSource clock) {
        this.local = local;
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * Counts a request.
     *
     * @param name by what it is counted, as headers name it
     * @param counted whom it is counted for
     * @param limit how many there may be
     */
    public Verdict take(String name, String counted, RateLimit limit) {
        Instant now = clock.instant();
        Instant end = limit.endOfWindow(now);
        String key = name + ":" + limit.code() + ":" + counted;
        BucketConfiguration configuration = BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(limit.requests())
                        .refillIntervallyAligned(limit.requests(), limit.window(), end)
                        .build())
                .build();
        ConsumptionProbe probe = redis == null ? null : redis.take(key, configuration);
        if (probe == null) {
            probe = local.take(key, configuration, limit.window());
        }
        return new Verdict(name, limit, probe.isConsumed(), probe.getRemainingTokens(), Duration.between(now, end));
    }
}
