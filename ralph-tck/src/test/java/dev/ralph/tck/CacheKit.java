/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.MemoryCaches;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The kit run on caches in memory; who extends it gets one thing wrong. */
abstract class CacheKit extends CacheContract {

    private final AtomicLong nanos = new AtomicLong();

    <V> CacheRegion<V> definition(CacheRegion<V> asked) {
        return asked;
    }

    <V> Optional<Cached<V>> kept(Cache<V> sound, String key) {
        return sound.get(key);
    }

    <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
        return sound.get(key, loader);
    }

    <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
        sound.put(key, loaded, ttl);
    }

    void invalidate(Cache<?> sound, String key, long version) {
        sound.invalidate(key, version);
    }

    void invalidate(Cache<?> sound, String key) {
        sound.invalidate(key);
    }

    CacheFigures figures(Cache<?> sound) {
        return sound.figures();
    }

    void close(Caches sound) {
        sound.close();
    }

    @Override
    protected final void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    protected final Caches open() {
        Caches sound =
                new MemoryCaches(nanos::get, () -> ThreadLocalRandom.current().nextDouble());
        return new Caches() {
            @Override
            public <V> Cache<V> region(CacheRegion<V> asked) {
                return new Region<>(sound.region(definition(asked)));
            }

            @Override
            public void evictAll() {
                sound.evictAll();
            }

            @Override
            public Map<String, CacheFigures> figures() {
                return sound.figures();
            }

            @Override
            public void close() {
                CacheKit.this.close(sound);
            }
        };
    }

    private final class Region<V> implements Cache<V> {

        private final Cache<V> sound;

        Region(Cache<V> sound) {
            this.sound = sound;
        }

        @Override
        public Optional<Cached<V>> get(String key) {
            return kept(sound, key);
        }

        @Override
        public Cached<V> get(String key, Supplier<Loaded<V>> loader) {
            return CacheKit.this.get(sound, key, loader);
        }

        @Override
        public void put(String key, Loaded<V> loaded, Duration ttl) {
            CacheKit.this.put(sound, key, loaded, ttl);
        }

        @Override
        public void invalidate(String key, long version) {
            CacheKit.this.invalidate(sound, key, version);
        }

        @Override
        public void invalidate(String key) {
            CacheKit.this.invalidate(sound, key);
        }

        @Override
        public void invalidateAll() {
            sound.invalidateAll();
        }

        @Override
        public void evict(String key) {
            sound.evict(key);
        }

        @Override
        public void evictAll() {
            sound.evictAll();
        }

        @Override
        public CacheFigures figures() {
            return CacheKit.this.figures(sound);
        }
    }
}
