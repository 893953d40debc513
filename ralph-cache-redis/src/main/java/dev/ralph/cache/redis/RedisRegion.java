/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheCounters;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.MemoryCache;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A region in the memory of this process, in front of the same in Redis. A change is made in Redis first, together with telling
 * of it, and then here.
 *
 * @param <V> immutable values
 */
final class RedisRegion<V> implements Cache<V>, PendingChanges.Redis {

    private final CacheRegion<V> definition;
    private final RedisBackplane backplane;
    private final LongSupplier nanoTime;
    private final CacheCounters counters;
    private final MemoryCache<V> inner;
    private final @Nullable RedisTier<V> outer;
    private final PendingChanges pending = new PendingChanges();
    private final RecentChanges recent;
    private volatile boolean closed;

    RedisRegion(CacheRegion<V> definition, RedisBackplane backplane, LongSupplier nanoTime) {
        this.definition = definition;
        this.backplane = backplane;
        this.nanoTime = nanoTime;
        this.counters = new CacheCounters(nanoTime);
        this.inner = new MemoryCache<>(
                definition, nanoTime, () -> ThreadLocalRandom.current().nextDouble(), counters);
        this.recent = new RecentChanges(System::nanoTime);
        CacheCodec<V> codec = definition.codec();
        this.outer = codec == null ? null : backplane.tier(definition, codec, counters);
    }

    CacheRegion<V> definition() {
        return definition;
    }

    @Override
    public Optional<Cached<V>> get(String key) {
        return inner.get(key);
    }

    @Override
    public Cached<V> get(String key, Supplier<Loaded<V>> loader) {
        return inner.through(key, lowest -> load(key, lowest, counters.counting(loader)));
    }

    private Loaded<V> load(String key, long lowest, Supplier<Loaded<V>> source) {
        RedisTier<V> tier = outerFor(key);
        if (tier == null) {
            return source.get();
        }
        Budget budget = backplane.budget();
        RedisTier.Found<V> answer = tier.read(key, lowest, budget);
        if (answer.found() != null) {
            counters.outerHit();
            return answer.found();
        }
        long asked = nanoTime.getAsLong();
        Loaded<V> loaded = source.get();
        // What an invalidation leaves in Redis lasts for one TTL: who took longer cannot know whether there was one.
        boolean timely = nanoTime.getAsLong() - asked < definition.ttl().toNanos();
        if (answer.stamp() != null && timely && outerFor(key) != null) {
            tier.write(key, loaded, answer.stamp(), definition.ttl(), budget);
        }
        return loaded;
    }

    private @Nullable RedisTier<V> outerFor(String key) {
        return closed || pending.contains(key) ? null : outer;
    }

    @Override
    public void put(String key, Loaded<V> loaded, Duration ttl) {
        inner.put(key, loaded, ttl);
        RedisTier<V> tier = outerFor(key);
        if (tier != null) {
            tier.write(key, loaded, null, ttl, backplane.budget());
        }
    }

    @Override
    public void invalidate(String key, long version) {
        if (!closed && !outdate(key, version)) {
            pending.add(key, version);
        }
        inner.invalidate(key, version);
    }

    @Override
    public void invalidate(String key) {
        invalidate(key, Long.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is told again until Redis does what it is told.
    public boolean outdate(String key, long version) {
        Message message = new Message.Changed(backplane.node(), definition.name(), version, key);
        boolean done = outer == null
                ? backplane.tell(message, backplane.budget())
                : outer.outdate(key, version, message, backplane.budget());
        if (done) {
            recent.add(key, version);
            backplane.countSent();
        } else if (outer != null) {
            // Another server of a cluster may pass it on.
            backplane.send(message);
        }
        return done;
    }

    @Override
    public void invalidateAll() {
        if (!closed) {
            pending.addAll();
            pending.flush(this);
        }
        inner.evictAll();
    }

    @Override
    public Set<Integer> empty(Set<Integer> buckets) {
        if (outer == null) {
            return buckets;
        }
        Set<Integer> done = outer.empty(buckets, backplane.budget());
        if (!done.isEmpty()) {
            backplane.sweep().ask(definition.name());
        }
        return done;
    }

    @Override
    public boolean tellEmptied() {
        boolean done = backplane.tell(new Message.Emptied(backplane.node(), definition.name()), backplane.budget());
        if (done) {
            recent.addAll();
            backplane.countSent();
        }
        return done;
    }

    /** Until it is loaded, or for the TTL, the memory of this process has it that no tier may answer. */
    @Override
    public void evict(String key) {
        inner.evict(key);
    }

    @Override
    public void evictAll() {
        inner.evictAll();
    }

    /** What another process did. */
    void heard(Message message) {
        if (message instanceof Message.Changed changed) {
            inner.invalidate(changed.key(), changed.version());
        } else {
            inner.evictAll();
        }
    }

    /** Another server may have taken over, and not know of what the one before was told last. */
    void repeatRecent() {
        recent.repeat(pending);
    }

    /** Tells Redis of what it could not be told of before. */
    void flush() {
        pending.flush(this);
    }

    /** Changes that Redis does not know of yet. */
    int pending() {
        return pending.size();
    }

    @Override
    public CacheFigures figures() {
        return inner.figures();
    }

    void close() {
        closed = true;
        inner.close();
    }
}
