/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

/**
 * How it stands with a tier outside this process, beside the figures of the regions.
 *
 * @param connected whether it can be reached
 * @param subscribed whether invalidations of other processes are heard
 * @param breakerOpen whether it is left alone for a while, because it did not answer
 * @param pending invalidations it could not be told of yet
 * @param sent invalidations it passed on to other processes, since these caches were opened
 * @param received invalidations of other processes it passed on, since then
 */
public record OuterTierStatus(
        boolean connected, boolean subscribed, boolean breakerOpen, long pending, long sent, long received) {}
