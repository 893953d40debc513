/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Lets time pass at once: in memory by a clock in hand, in Redis by making everything there older. */
final class RedisClock {

    private static final String OLDER = """
            local by = tonumber(ARGV[1])
            for _, key in ipairs(redis.call('KEYS', '*')) do
              local left = redis.call('PTTL', key) - by
              if left <= 0 then
                redis.call('DEL', key)
              else
                redis.call('PEXPIRE', key, left)
                if redis.call('TYPE', key).ok == 'hash' then
                  for _, field in ipairs(redis.call('HKEYS', key)) do
                    if string.match(field, '[tu]$') then
                      redis.call('HINCRBY', key, field, -by)
                    end
                  end
                end
              end
            end
            return 1
            """;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final Supplier<List<RedisProcess>> servers;

    RedisClock(Supplier<List<RedisProcess>> servers) {
        this.servers = servers;
    }

    long nanoTime() {
        return nanos.get();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        for (RedisProcess server : servers.get()) {
            RedisClient client = RedisClient.create(server.url());
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                connection
                        .sync()
                        .<Long>eval(OLDER, ScriptOutputType.INTEGER, new String[0], String.valueOf(time.toMillis()));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            }
        }
    }
}
