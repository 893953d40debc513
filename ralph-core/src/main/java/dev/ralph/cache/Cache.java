/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One region of a cache. What it answers is never older than the region's {@link CacheRegion#ttl()}, over all its tiers
 * together, and never older than the last invalidation or eviction that this process has seen before the call. Thread-safe.
 *
 * <p>Values have versions. Of one key a lower version never replaces a higher one that still holds; an equal one does. An
 * invalidation sets a floor: nothing below its version is kept until the region's TTL has passed. A load that began before an
 * invalidation or an eviction is answered to those who waited for it by then, and is kept for nobody: who asks after it starts
 * another load.
 *
 * <p>Invalidations are told to every process that shares the cache, by the process that made the change, once the change is
 * committed. Who only learned of a change made elsewhere evicts. A load tells nobody.
 *
 * <p>No method throws because a tier fails; loaders' exceptions pass.
 *
 * @param <V> immutable values
 */
public interface Cache<V> {

    /** The value that is kept and fresh, without loading. A value that is known not to exist is an answer too. */
    Optional<Cached<V>> get(String key);

    /**
     * The value that is kept and fresh, or else what the loader returns, which is then kept. In one process there is one load
     * of a key at a time, but for those that an invalidation made stale; other threads wait for it, uninterruptibly, and get
     * its value or its exception. If the load was given up because its thread was interrupted, those who wait load for
     * themselves. Exceptions are not kept.
     *
     * <p>If the loader throws {@link dev.ralph.StoreUnavailableException}, a value that is past its TTL by no more than
     * {@link CacheRegion#staleFor()}, and was not invalidated, is answered instead, and says how old it is.
     *
     * @param loader reads the source; is called in this thread, at most once, with no lock held; must not ask for the same key,
     *     nor for any other: two loaders that ask for each other's keys wait for ever
     * @throws IllegalStateException if the loader asks for the key it loads
     */
    Cached<V> get(String key, Supplier<Loaded<V>> loader);

    /**
     * Keeps a value, unless a higher version is there, or it is too large. Who reads a value in order to put it here may come
     * after an invalidation: without versions, {@link #get(String, Supplier)} alone is safe.
     *
     * @param ttl how long it is fresh from now, its age included; counts if it is shorter than what the region says
     */
    void put(String key, Loaded<V> loaded, Duration ttl);

    /**
     * What is below {@code version} is out of date, everywhere. To be called after the change is committed. Takes effect in
     * this process before it returns; elsewhere soon after, or, if it is lost, by the TTL. Does not wait for other processes.
     */
    void invalidate(String key, long version);

    /** What is kept of this key is out of date, everywhere, whatever its version. Otherwise as {@link #invalidate(String, long)}. */
    void invalidate(String key);

    /** Everything of this region is out of date, everywhere. Otherwise as {@link #invalidate(String, long)}. */
    void invalidateAll();

    /**
     * This process has learned that the key changed elsewhere: what was kept before is not answered in this process any more,
     * from no tier. Tells nobody; does not block.
     */
    void evict(String key);

    /**
     * Drops what this process holds of the region, as {@link Caches#evictAll}; a tier that processes share goes on to answer.
     */
    void evictAll();

    CacheFigures figures();
}
