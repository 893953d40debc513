/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheCounters;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.MemoryCache;
import dev.ralph.spi.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Caches with an outer tier, which is a map here: what the rules for shared caches are tried on. */
class SharedCachesExample implements Caches {

    /** The outer tier, and the line on which processes tell each other. */
    static final class Outer {

        private final Map<String, Entry> entries = new ConcurrentHashMap<>();
        private final List<SharedCachesExample> processes = new CopyOnWriteArrayList<>();
        private final AtomicLong stamps = new AtomicLong();
        private final AtomicLong emptied = new AtomicLong();
    }

    /** Bytes, or null for none or for only a floor; the stamp changes with every invalidation. */
    private record Entry(@Nullable Payload bytes, boolean kept, long version, long readAt, long floor, long stamp) {}

    private final AtomicLong nanos;
    private final Outer outer;
    private final Map<String, Region<?>> regions = new ConcurrentHashMap<>();

    SharedCachesExample(AtomicLong nanos, Outer outer) {
        this.nanos = nanos;
        this.outer = outer;
        outer.processes.add(this);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> Cache<V> region(CacheRegion<V> definition) {
        Region<?> region = regions.computeIfAbsent(definition.name(), name -> new Region<>(definition));
        if (!region.asked.equals(definition)) {
            throw new ConfigurationException(definition.name() + " is defined twice");
        }
        return (Cache<V>) region;
    }

    @Override
    public void evictAll() {
        regions.values().forEach(region -> region.inner.evictAll());
    }

    @Override
    public Map<String, CacheFigures> figures() {
        Map<String, CacheFigures> figures = new TreeMap<>();
        regions.forEach((name, region) -> figures.put(name, region.figures()));
        return figures;
    }

    @Override
    public void close() {
        outer.processes.remove(this);
        regions.values().forEach(region -> region.inner.close());
    }

    /** Which is broken in tests of the rules. */
    boolean broken(Fault fault) {
        return false;
    }

    /** What one of these may get wrong. */
    enum Fault {
        TELLS_OF_LOADS,
        TELLS_NOBODY,
        FORGETS_AGES,
        IGNORES_FLOORS,
        FAILS_ON_BYTES,
        MIXES_CODECS,
        SHARES_EVERYTHING,
        SHARES_NOTHING,
        KEEPS_LATE_LOADS,
        REPLACES_ANY_VERSION,
        KEEPS_ANY_SIZE
    }

    private final class Region<V> implements Cache<V> {

        private final CacheRegion<V> asked;
        private final CacheRegion<V> definition;
        private final CacheCounters counters = new CacheCounters(nanos::get);
        private final MemoryCache<V> inner;

        Region(CacheRegion<V> definition) {
            this.asked = definition;
            this.definition = broken(Fault.SHARES_EVERYTHING) ? withAnyCodec(definition) : definition;
            this.inner = new MemoryCache<>(
                    definition, nanos::get, () -> ThreadLocalRandom.current().nextDouble(), counters);
        }

        @SuppressWarnings("unchecked")
        private CacheRegion<V> withAnyCodec(CacheRegion<V> region) {
            return region.withCodec((CacheCodec<V>) new CacheBench.TextCodec(1));
        }

        /** None when nothing is shared any more. */
        private @Nullable CacheCodec<V> codec() {
            return outer.processes.contains(SharedCachesExample.this) ? definition.codec() : null;
        }

        private String name(String key) {
            CacheCodec<V> codec = codec();
            int version = codec == null || broken(Fault.MIXES_CODECS) ? 0 : codec.version();
            return definition.name() + "/" + version + "/" + key;
        }

        @Override
        public Optional<Cached<V>> get(String key) {
            return inner.get(key);
        }

        @Override
        public Cached<V> get(String key, Supplier<Loaded<V>> loader) {
            return inner.through(key, floor -> load(key, broken(Fault.IGNORES_FLOORS) ? Loaded.NONE : floor, loader));
        }

        private Loaded<V> load(String key, long floor, Supplier<Loaded<V>> loader) {
            CacheCodec<V> codec = codec();
            Entry entry = codec == null ? null : outer.entries.get(name(key));
            if (entry != null
                    && codec != null
                    && entry.kept()
                    && entry.version() >= floor
                    && age(entry).compareTo(definition.ttl()) < 0) {
                try {
                    Loaded<V> found = entry.bytes() == null
                            ? Loaded.none()
                            : Loaded.of(codec.decode(entry.bytes().bytes()), entry.version());
                    counters.outerHit();
                    return found.aged(broken(Fault.FORGETS_AGES) ? Duration.ZERO : age(entry));
                } catch (RuntimeException e) {
                    if (broken(Fault.FAILS_ON_BYTES)) {
                        throw e;
                    }
                    counters.decodeFailure();
                }
            }
            long stamp = stamp(entry);
            long asked = nanos.get();
            Loaded<V> loaded = counters.counting(loader).get();
            write(key, loaded, stamp, asked);
            if (broken(Fault.TELLS_OF_LOADS)) {
                tellOthers(region -> region.invalidate(key, loaded.version() + 1));
            }
            return loaded;
        }

        private long stamp(@Nullable Entry entry) {
            return entry == null ? outer.emptied.get() : entry.stamp();
        }

        private Duration age(Entry entry) {
            return Duration.ofNanos(nanos.get() - entry.readAt());
        }

        private void write(String key, Loaded<V> loaded, long stamp, long readAt) {
            CacheCodec<V> codec = codec();
            if (codec == null || broken(Fault.SHARES_NOTHING)) {
                return;
            }
            Payload bytes = loaded.value() == null ? null : new Payload(codec.version(), codec.encode(loaded.value()));
            if (bytes != null && bytes.size() > definition.maxBytes() && !broken(Fault.KEEPS_ANY_SIZE)) {
                counters.oversized();
                return;
            }
            outer.entries.compute(name(key), (name, old) -> {
                long floor = old == null ? Loaded.NONE : old.floor();
                long since = stamp(old);
                boolean late = since != stamp && !broken(Fault.KEEPS_LATE_LOADS);
                boolean low = old != null
                        && old.kept()
                        && age(old).compareTo(definition.ttl()) < 0
                        && old.version() > loaded.version();
                if (late
                        || (low && !broken(Fault.REPLACES_ANY_VERSION))
                        || (loaded.version() < floor && !broken(Fault.KEEPS_LATE_LOADS))) {
                    return old;
                }
                return new Entry(bytes, true, loaded.version(), readAt, floor, since);
            });
        }

        @Override
        public void put(String key, Loaded<V> loaded, Duration ttl) {
            inner.put(key, loaded, ttl);
            Entry entry = outer.entries.get(name(key));
            if (ttl.compareTo(definition.ttl()) >= 0 && loaded.age().isZero()) {
                write(key, loaded, stamp(entry), nanos.get());
            }
        }

        @Override
        public void invalidate(String key, long version) {
            outdate(key, version);
            inner.invalidate(key, version);
            tellOthers(region -> region.invalidate(key, version));
        }

        @Override
        public void invalidate(String key) {
            outdate(key, Long.MAX_VALUE);
            inner.invalidate(key);
            tellOthers(region -> region.invalidate(key));
        }

        private void outdate(String key, long version) {
            outer.entries.compute(name(key), (name, old) -> {
                if (old != null && old.kept() && old.version() >= version) {
                    return new Entry(
                            old.bytes(),
                            true,
                            old.version(),
                            old.readAt(),
                            Math.max(old.floor(), version),
                            old.stamp());
                }
                // Without a version, what comes back is told by its stamp.
                long floor = version == Long.MAX_VALUE ? Loaded.NONE : version;
                return new Entry(null, false, Loaded.NONE, 0, floor, outer.stamps.incrementAndGet());
            });
        }

        @Override
        public void invalidateAll() {
            outer.emptied.set(outer.stamps.incrementAndGet());
            outer.entries.keySet().forEach(name -> {
                if (name.startsWith(definition.name() + "/")) {
                    outer.entries.remove(name);
                }
            });
            inner.evictAll();
            tellOthers(Cache::evictAll);
        }

        @Override
        public void evict(String key) {
            if (!broken(Fault.IGNORES_FLOORS)) {
                outdate(key, Long.MAX_VALUE);
            }
            inner.evict(key);
        }

        @Override
        public void evictAll() {
            inner.evictAll();
        }

        @Override
        public CacheFigures figures() {
            return inner.figures();
        }

        private void tellOthers(Consumer<Cache<?>> news) {
            if (broken(Fault.TELLS_NOBODY)) {
                return;
            }
            outer.processes.stream()
                    .filter(process -> process != SharedCachesExample.this)
                    .map(process -> process.regions.get(definition.name()))
                    .filter(Objects::nonNull)
                    .forEach(region -> news.accept(region.inner));
        }
    }
}
