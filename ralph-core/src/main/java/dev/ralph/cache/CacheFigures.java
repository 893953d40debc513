/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.time.Duration;

/**
 * What happened in a region since it was made, in this process. Read one by one while others count on: sums may be off by what
 * happens meanwhile.
 *
 * @param hits questions answered by what this process holds
 * @param outerHits questions answered by a tier outside this process
 * @param misses questions this process could not answer from what it holds; those that waited for another's load among them
 * @param loads calls of loaders
 * @param loadFailures those that threw
 * @param loadTime how long all of them took together
 * @param invalidations invalidations and evictions of keys, this process's own and those it was told of
 * @param generations how often everything was dropped
 * @param stale values answered past their TTL
 * @param decodeFailures bytes of an outer tier that could not be read
 * @param refused values that were not kept: their version was too low, or they were loaded before an invalidation
 * @param oversized values that were too large to keep
 * @param outerFailures calls of an outer tier that failed or took too long
 * @param entries keys this process holds at present, about
 */
public record CacheFigures(
        long hits,
        long outerHits,
        long misses,
        long loads,
        long loadFailures,
        Duration loadTime,
        long invalidations,
        long generations,
        long stale,
        long decodeFailures,
        long refused,
        long oversized,
        long outerFailures,
        long entries) {}
