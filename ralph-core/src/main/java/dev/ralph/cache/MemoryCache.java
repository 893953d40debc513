/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A region in the memory of this process, on Caffeine: a cache by itself, and the inner tier of one that has an outer tier.
 * An outer tier is asked within {@link #through}, passes on invalidations it hears of as they are, and shares the counters.
 *
 * @param <V> immutable values
 */
public final class MemoryCache<V> implements Cache<V> {

    /**
     * How late Caffeine may drop what nobody gets any more. A clock takes longer than everything else a hit does: it is asked
     * once for each.
     */
    private static final long TICK = 1_000_000;

    /** About what a key takes beside its text and its value. */
    private static final int SLOT = 200;

    private final CacheRegion<V> region;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final CacheCounters counters;
    private final ConcurrentMap<String, CacheSlot<V>> slots;
    private final ConcurrentMap<String, CacheFlight<V>> flights = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile long lastTick;
    private volatile boolean closed;

    /**
     * Makes an empty region.
     *
     * @param nanoTime a monotonic clock
     * @param random draws from 0 to 1, for jitter
     * @param counters what the tiers of the region count with
     */
    public MemoryCache(CacheRegion<V> region, LongSupplier nanoTime, DoubleSupplier random, CacheCounters counters) {
        this.region = region;
        this.nanoTime = nanoTime;
        this.random = random;
        this.counters = counters;
        this.lastTick = nanoTime.getAsLong();
        this.slots = Caffeine.newBuilder()
                .maximumWeight(region.maxTotalBytes())
                .weigher(this::weigh)
                .expireAfterWrite(region.ttl().plus(region.staleFor()))
                .ticker(() -> lastTick)
                .executor(Runnable::run)
                .<String, CacheSlot<V>>build()
                .asMap();
    }

    /** No less than a key's part of all, so that there are no more keys than allowed either. */
    private int weigh(String key, CacheSlot<?> slot) {
        long share = ((long) region.maxTotalBytes() + region.maxEntries() - 1) / region.maxEntries();
        long bytes = (long) slot.bytes() + 2L * key.length() + SLOT;
        return (int) Math.min(region.maxTotalBytes(), Math.max(share, bytes));
    }

    @Override
    public Optional<Cached<V>> get(String key) {
        Cached<V> kept = fresh(key);
        count(kept);
        return Optional.ofNullable(kept);
    }

    @Override
    public Cached<V> get(String key, Supplier<Loaded<V>> loader) {
        Cached<V> kept = fresh(key);
        count(kept);
        return kept != null
                ? kept
                : load(key, floor -> counters.counting(loader).get());
    }

    /**
     * As {@link #get(String, Supplier)}, for a cache with an outer tier, whose loader asks that tier first.
     *
     * @param loader is given the lowest version that an outer tier may answer with: {@link Long#MAX_VALUE} if only the source
     *     can tell, {@link Loaded#NONE} if anything will do. Calls of the source are not counted here, see
     *     {@link CacheCounters#counting}
     */
    public Cached<V> through(String key, LongFunction<Loaded<V>> loader) {
        Cached<V> kept = fresh(key);
        count(kept);
        return kept != null ? kept : load(key, loader);
    }

    @Override
    public void put(String key, Loaded<V> loaded, Duration ttl) {
        keep(key, loaded, ttl, generation.get(), false);
    }

    @Override
    public void invalidate(String key, long version) {
        outdate(key, version);
    }

    @Override
    public void invalidate(String key) {
        outdate(key, Long.MAX_VALUE);
    }

    @Override
    public void invalidateAll() {
        evictAll();
    }

    @Override
    public void evict(String key) {
        outdate(key, Long.MAX_VALUE);
    }

    @Override
    public void evictAll() {
        counters.generation();
        generation.incrementAndGet();
        slots.clear();
    }

    /** Drops everything, and keeps nothing any more. */
    public void close() {
        closed = true;
        evictAll();
    }

    @Override
    public CacheFigures figures() {
        return counters.figures(slots.size());
    }

    private long now() {
        long now = nanoTime.getAsLong();
        if (now - lastTick >= TICK) {
            lastTick = now;
        }
        return now;
    }

    private void count(@Nullable Cached<V> kept) {
        if (kept == null) {
            counters.miss();
        } else {
            counters.hit();
        }
    }

    private @Nullable Cached<V> fresh(String key) {
        long now = now();
        CacheSlot<V> slot = slots.get(key);
        return slot != null && slot.generation() == generation.get() ? slot.fresh(now) : null;
    }

    private Cached<V> load(String key, LongFunction<Loaded<V>> loader) {
        Cached<V> answer = null;
        while (answer == null) {
            answer = loadOrJoin(key, loader);
        }
        return answer;
    }

    /** Null if another thread's load was joined, and that thread was interrupted. */
    private @Nullable Cached<V> loadOrJoin(String key, LongFunction<Loaded<V>> loader) {
        CacheFlight<V> mine = new CacheFlight<>(generation.get());
        CacheFlight<V> flight = flights.compute(
                key, (same, other) -> other != null && other.generation() == generation.get() ? other : mine);
        if (flight != mine) {
            return flight.await(key);
        }
        try {
            // Another load may have ended between the look at what is kept and the start of this one.
            Cached<V> kept = fresh(key);
            Cached<V> answer = kept != null ? kept : read(key, mine, loader);
            mine.landed(answer);
            return answer;
        } catch (Throwable e) {
            // First, so that nobody who is told of it joins it again.
            flights.remove(key, mine);
            mine.failed(e);
            throw e;
        } finally {
            flights.remove(key, mine);
        }
    }

    private Cached<V> read(String key, CacheFlight<V> mine, LongFunction<Loaded<V>> loader) {
        Loaded<V> loaded;
        long asked = now();
        try {
            Loaded<V> found = loader.apply(floor(key));
            // What it found was read at any time since it began.
            loaded = found.aged(found.age().plusNanos(now() - asked));
        } catch (StoreUnavailableException e) {
            Cached<V> stale = stale(key);
            if (stale == null) {
                throw e;
            }
            counters.stale();
            return stale;
        }
        AtomicReference<Cached<V>> answer = new AtomicReference<>(Cached.fresh(loaded));
        // An invalidation takes the flight from the map in the same way: either it comes first, and nothing is kept, or
        // after.
        flights.compute(key, (same, current) -> {
            if (current == mine && mine.generation() == generation.get()) {
                answer.set(keep(key, loaded, region.ttl(), mine.generation(), true));
            } else {
                counters.refused();
            }
            return current;
        });
        return answer.get();
    }

    private void outdate(String key, long version) {
        counters.invalidated();
        flights.compute(key, (same, current) -> {
            long now = now();
            slots.compute(
                    key,
                    (again, slot) -> current(slot, generation.get(), now)
                            .outdated(version, now, now + region.ttl().toNanos()));
            return null;
        });
    }

    /**
     * Keeps a value, if it may be.
     *
     * @param readSince whether it was read from the source after the last invalidation of its key
     * @return what the key's value is now
     */
    private Cached<V> keep(String key, Loaded<V> loaded, Duration ttl, long began, boolean readSince) {
        Cached<V> answer = Cached.fresh(loaded);
        long fresh = freshFor(loaded, ttl);
        if (closed || fresh <= 0) {
            return answer;
        }
        long now = now();
        CacheSlot<V> kept = slots.compute(key, (same, slot) -> {
            CacheSlot<V> before = current(slot, began, now);
            if (before.generation() != began || !before.admits(loaded, now, readSince)) {
                counters.refused();
                return before;
            }
            int bytes = loaded.value() == null ? 0 : region.weigher().applyAsInt(loaded.value());
            if (bytes > region.maxBytes()) {
                counters.oversized();
                return before.without(loaded.version(), now, now + region.ttl().toNanos());
            }
            return before.with(answer, bytes, now - loaded.age().toNanos(), now + fresh);
        });
        Cached<V> higher = kept.generation() == began ? kept.fresh(now) : null;
        return higher == null ? answer : higher;
    }

    /** The slot, or an empty one if there is none of this generation or a later one. */
    private CacheSlot<V> current(@Nullable CacheSlot<V> slot, long began, long now) {
        return slot == null || slot.generation() - began < 0 ? CacheSlot.empty(began, now) : slot;
    }

    private long freshFor(Loaded<V> loaded, Duration ttl) {
        Duration most = region.ttlOf(loaded);
        long nanos = (ttl.compareTo(most) < 0 ? ttl : most).toNanos();
        double part = 1 - region.jitter() * random.getAsDouble();
        long left = (long) (nanos * part);
        // A year in nanoseconds leaves room enough, but an age may be anything.
        return loaded.age().compareTo(Duration.ofNanos(left)) >= 0
                ? 0
                : left - loaded.age().toNanos();
    }

    private long floor(String key) {
        long now = now();
        CacheSlot<V> slot = slots.get(key);
        return slot != null && slot.generation() == generation.get() ? slot.floorAt(now) : Loaded.NONE;
    }

    private @Nullable Cached<V> stale(String key) {
        long now = now();
        CacheSlot<V> slot = slots.get(key);
        return slot != null && slot.generation() == generation.get()
                ? slot.stale(now, region.staleFor().toNanos())
                : null;
    }
}
