/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

/**
 * How it stands with Redis, beside the figures of the regions.
 *
 * @param well whether everything below is as it should be, and no invalidation has been pending for long
 * @param connected whether there are connections
 * @param breakerOpen whether a server is left alone for a while, because it did not answer
 * @param subscribed whether invalidations are heard
 * @param invalidationsSent invalidations that Redis passed on, of keys and of regions
 * @param invalidationsReceived those of other processes
 * @param generations how often everything this process holds was dropped, because something may have been missed
 * @param pending invalidations that Redis could not be told of yet; {@link Integer#MAX_VALUE} for whole regions
 * @param unswept regions that dropped everything, whose bytes were not taken out of Redis yet
 * @param failures calls of Redis that failed or took too long
 */
public record RedisCacheStatus(
        boolean well,
        boolean connected,
        boolean breakerOpen,
        boolean subscribed,
        long invalidationsSent,
        long invalidationsReceived,
        long generations,
        int pending,
        int unswept,
        long failures) {}
