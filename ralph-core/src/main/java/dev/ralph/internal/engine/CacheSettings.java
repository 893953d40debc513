/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.CacheProvider;
import dev.ralph.cache.Caches;
import dev.ralph.internal.cache.CacheTimes;
import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What configuration says of caches. */
final class CacheSettings {

    private static final String NONE = "none";
    private static final int LONGEST = 3_600;

    private CacheSettings() {}

    /** Makes the caches; null if nothing is cached, which is so unless the host asks for it. */
    static @Nullable Caches make(
            Configuration configuration, Map<String, CacheProvider> providers, ProviderContext context, Owned owned) {
        String id = configuration.find(ConfigKeys.CACHE).orElse(NONE);
        if (id.equals(NONE)) {
            return null;
        }
        CacheProvider provider = providers.get(id);
        if (provider == null) {
            throw new ConfigurationException(ConfigKeys.CACHE + " is '" + id
                    + "', but no cache with that id is on the class path; there are "
                    + new TreeSet<>(providers.keySet()) + " and '" + NONE + "'");
        }
        return owned.add(provider.create(context));
    }

    /** How old what people read may be. */
    static CacheTimes times(Configuration configuration) {
        return new CacheTimes(
                seconds(configuration, ConfigKeys.CACHE_TTL, CacheTimes.DEFAULT.runs()),
                seconds(configuration, ConfigKeys.CACHE_LIST_TTL, CacheTimes.DEFAULT.lists()),
                seconds(configuration, ConfigKeys.CACHE_COST_TTL, CacheTimes.DEFAULT.costs()),
                seconds(configuration, ConfigKeys.CACHE_PROBE_TTL, CacheTimes.DEFAULT.probes()));
    }

    private static Duration seconds(Configuration configuration, String key, Duration otherwise) {
        long seconds = configuration
                .find(key, Long::valueOf, "a whole number of seconds from 1 to " + LONGEST)
                .orElse(otherwise.toSeconds());
        if (seconds < 1 || seconds > LONGEST) {
            throw new ConfigurationException(
                    key + " is " + seconds + ", but must be from 1 to " + LONGEST + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }
}
