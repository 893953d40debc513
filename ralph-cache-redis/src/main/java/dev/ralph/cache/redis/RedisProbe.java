/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How it stands with Redis, which no node needs: at worst values are loaded from the store. Asks Redis nothing. */
final class RedisProbe implements HealthProbe {

    private final RedisUrl url;
    private final Supplier<RedisCacheStatus> status;

    RedisProbe(RedisUrl url, Supplier<RedisCacheStatus> status) {
        this.url = url;
        this.status = status;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.NONE;
    }

    @Override
    public CheckResult check() {
        RedisCacheStatus now = status.get();
        CheckResult result = now.well()
                ? CheckResult.up()
                : CheckResult.degraded(
                        "Redis (" + url + ") does not answer as it should (" + String.join(", ", faults(now))
                                + "), so values are loaded without it; see that it runs and can be reached from here");
        return result.with("connected", now.connected())
                .with("subscribed", now.subscribed())
                .with("breakerOpen", now.breakerOpen())
                .with("pendingInvalidations", now.pending())
                .with("unsweptRegions", now.unswept())
                .with("generations", now.generations())
                .with("failures", now.failures());
    }

    private static List<String> faults(RedisCacheStatus now) {
        List<String> faults = new ArrayList<>();
        if (!now.connected()) {
            faults.add("there is no connection");
        }
        if (now.connected() && now.breakerOpen()) {
            faults.add("a server is left alone for a while");
        }
        if (!now.subscribed()) {
            faults.add("invalidations of other processes are not heard");
        }
        if (now.pending() > 0) {
            faults.add("it is to be told of invalidations");
        }
        return faults.isEmpty() ? List.of("it has just come back") : faults;
    }
}
