/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheCounters;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Caches that get one thing wrong each, and the kit run on them. */
final class BrokenCaches {

    private static final int MANY = 1_000_000;

    private BrokenCaches() {}

    static class LoadsForEach extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            return sound.get(key).orElseGet(() -> {
                Loaded<V> loaded = loader.get();
                return sound.get(key, () -> loaded);
            });
        }
    }

    static class LoadsOneAfterTheOther extends CacheKit {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            lock.lock();
            try {
                return sound.get(key, loader);
            } finally {
                lock.unlock();
            }
        }
    }

    static class HidesInterrupts extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            return sound.get(key, () -> {
                try {
                    return loader.get();
                } catch (IllegalStateException e) {
                    throw new IllegalStateException(e.getMessage());
                }
            });
        }
    }

    static class KeepsFailures extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            try {
                return sound.get(key, loader);
            } catch (IllegalArgumentException e) {
                sound.put(key, Loaded.none(), Duration.ofMinutes(1));
                throw e;
            }
        }
    }

    static class KeepsNothing extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            return Cached.fresh(loader.get());
        }

        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            // Kept by nobody.
        }
    }

    static class KeepsOnlyWhatExists extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            Cached<V> cached = sound.get(key, loader);
            if (cached.value() == null) {
                sound.evict(key);
            }
            return cached;
        }
    }

    static class MixesRegions extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return CacheRegion.<V>local("all", asked.weigher(), asked.ttl()).withCodec(asked.codec());
        }
    }

    static class CountsNothing extends CacheKit {
        @Override
        CacheFigures figures(Cache<?> sound) {
            return new CacheCounters(System::nanoTime).figures(0);
        }
    }

    static class AnswersWhenClosed extends CacheKit {
        @Override
        void close(Caches sound) {
            // It goes on.
        }
    }

    static class ReplacesAnyVersion extends CacheKit {
        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            sound.evict(key);
            sound.get(key, () -> loaded);
        }
    }

    static class ReplacesOnlyLowerVersions extends CacheKit {
        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            Optional<Cached<V>> kept = sound.get(key);
            if (kept.isEmpty() || kept.get().version() < loaded.version()) {
                sound.put(key, loaded, ttl);
            }
        }
    }

    static class KeepsThatThereIsNone extends CacheKit {
        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            if (sound.get(key).isEmpty()) {
                sound.put(key, loaded, ttl);
            }
        }

        @Override
        void invalidate(Cache<?> sound, String key, long version) {
            if (sound.get(key).isEmpty() || version > 0) {
                sound.invalidate(key, version);
            }
        }
    }

    static class InvalidatesNothing extends CacheKit {
        @Override
        void invalidate(Cache<?> sound, String key, long version) {
            // Nobody is told.
        }
    }

    static class InvalidatesWithoutAFloor extends CacheKit {
        @Override
        void invalidate(Cache<?> sound, String key, long version) {
            sound.evictAll();
        }
    }

    static class SetsNoFloorBelowWhatItKeeps extends CacheKit {
        @Override
        void invalidate(Cache<?> sound, String key, long version) {
            boolean below = sound.get(key).map(kept -> kept.version() < version).orElse(true);
            if (below) {
                sound.invalidate(key, version);
            }
        }
    }

    static class InvalidatesWhateverThereIs extends CacheKit {
        @Override
        void invalidate(Cache<?> sound, String key, long version) {
            sound.invalidate(key);
        }
    }

    static class KeepsLateLoads extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            return sound.get(key).orElseGet(() -> {
                Loaded<V> loaded = loader.get();
                sound.evict(key);
                return sound.get(key, () -> loaded);
            });
        }
    }

    static class NeverForgets extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withTtl(asked.ttl().multipliedBy(10), asked.ttl().multipliedBy(10));
        }
    }

    static class LastsLongerWhenAsked extends CacheKit {
        @Override
        <V> Optional<Cached<V>> kept(Cache<V> sound, String key) {
            Optional<Cached<V>> kept = sound.get(key);
            kept.ifPresent(cached ->
                    sound.put(key, new Loaded<>(cached.value(), cached.version(), Duration.ZERO), Duration.ofDays(1)));
            return kept;
        }

        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            return kept(sound, key).orElseGet(() -> sound.get(key, loader));
        }
    }

    static class IgnoresTtls extends CacheKit {
        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            sound.put(key, loaded, Duration.ofDays(1));
        }
    }

    static class IgnoresAges extends CacheKit {
        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            sound.put(key, loaded.aged(Duration.ZERO), ttl);
        }
    }

    static class HasNoJitter extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withJitter(0);
        }
    }

    static class AnswersOldValues extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withStaleFor(Duration.ofDays(1));
        }
    }

    static class AnswersNoOldValues extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withStaleFor(Duration.ZERO);
        }
    }

    static class HidesAges extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            Cached<V> cached = sound.get(key, loader);
            return new Cached<>(cached.value(), cached.version(), null);
        }
    }

    static class TakesAnyFailureForAnOutage extends CacheKit {
        @Override
        <V> Cached<V> get(Cache<V> sound, String key, Supplier<Loaded<V>> loader) {
            return sound.get(key, () -> {
                try {
                    return loader.get();
                } catch (StoreException e) {
                    throw new StoreUnavailableException("as if", e);
                }
            });
        }
    }

    static class HoldsAnyNumber extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withLimits(MANY, asked.maxBytes());
        }
    }

    static class HoldsAnyTotal extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withTotal(MANY * 100);
        }
    }

    static class HoldsAnySize extends CacheKit {
        @Override
        <V> CacheRegion<V> definition(CacheRegion<V> asked) {
            return asked.withLimits(asked.maxEntries(), MANY);
        }
    }

    static class LeavesWhatIsOlderThanWhatIsTooLarge extends CacheKit {
        @Override
        <V> void put(Cache<V> sound, String key, Loaded<V> loaded, Duration ttl) {
            if (!(loaded.value() instanceof String text) || text.length() <= 1_000) {
                sound.put(key, loaded, ttl);
            }
        }
    }
}
