/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static dev.ralph.metrics.RalphMetricNames.TAG_CACHE;
import static dev.ralph.metrics.RalphMetricNames.TAG_DIRECTION;
import static dev.ralph.metrics.RalphMetricNames.TAG_RESULT;

import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.OuterTierStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What the caches count by themselves. */
final class CacheMeters {

    private static final double NANOS = 1e9;

    private final OwnMeters meters;
    private final Supplier<Map<String, CacheFigures>> figures;
    private final Supplier<Optional<OuterTierStatus>> outer;

    private CacheMeters(
            OwnMeters meters, Supplier<Map<String, CacheFigures>> figures, Supplier<Optional<OuterTierStatus>> outer) {
        this.meters = meters;
        this.figures = figures;
        this.outer = outer;
    }

    /** Adds the meters of the regions and of the outer tier there are. */
    static void add(
            OwnMeters meters, Supplier<Map<String, CacheFigures>> figures, Supplier<Optional<OuterTierStatus>> outer) {
        CacheMeters caches = new CacheMeters(meters, figures, outer);
        figures.get().keySet().forEach(caches::region);
        if (outer.get().isPresent()) {
            caches.outerTier();
        }
    }

    private void region(String region) {
        meters.counted(RalphMeter.CACHE_REQUESTS, of(region, CacheFigures::hits), TAG_CACHE, region, TAG_RESULT, "hit");
        meters.counted(
                RalphMeter.CACHE_REQUESTS, of(region, CacheFigures::misses), TAG_CACHE, region, TAG_RESULT, "miss");
        meters.timed(
                RalphMeter.CACHE_LOADS,
                () -> figure(region, CacheFigures::loads),
                of(region, figures -> figures.loadTime().toNanos() / NANOS),
                TAG_CACHE,
                region);
        counted(RalphMeter.CACHE_OUTER_HITS, region, CacheFigures::outerHits);
        counted(RalphMeter.CACHE_LOAD_FAILURES, region, CacheFigures::loadFailures);
        counted(RalphMeter.CACHE_INVALIDATIONS, region, CacheFigures::invalidations);
        counted(RalphMeter.CACHE_GENERATIONS, region, CacheFigures::generations);
        counted(RalphMeter.CACHE_STALE, region, CacheFigures::stale);
        counted(RalphMeter.CACHE_REFUSED, region, CacheFigures::refused);
        counted(RalphMeter.CACHE_OVERSIZED, region, CacheFigures::oversized);
        counted(RalphMeter.CACHE_DECODE_FAILURES, region, CacheFigures::decodeFailures);
        counted(RalphMeter.CACHE_OUTER_FAILURES, region, CacheFigures::outerFailures);
        meters.gauge(RalphMeter.CACHE_ENTRIES, of(region, CacheFigures::entries), TAG_CACHE, region);
    }

    private void outerTier() {
        meters.gauge(RalphMeter.CACHE_CONNECTED, is(OuterTierStatus::connected));
        meters.gauge(RalphMeter.CACHE_SUBSCRIBED, is(OuterTierStatus::subscribed));
        meters.gauge(RalphMeter.CACHE_BREAKER_OPEN, is(OuterTierStatus::breakerOpen));
        meters.gauge(RalphMeter.CACHE_PENDING, tier(OuterTierStatus::pending));
        meters.counted(RalphMeter.CACHE_MESSAGES, tier(OuterTierStatus::sent), TAG_DIRECTION, "sent");
        meters.counted(RalphMeter.CACHE_MESSAGES, tier(OuterTierStatus::received), TAG_DIRECTION, "received");
    }

    private void counted(RalphMeter meter, String region, ToLongFunction<CacheFigures> figure) {
        meters.counted(meter, () -> figure(region, figure), TAG_CACHE, region);
    }

    private DoubleSupplier of(String region, ToDoubleFunction<CacheFigures> figure) {
        return () -> Optional.ofNullable(figures.get().get(region))
                .map(figure::applyAsDouble)
                .orElse(Double.NaN);
    }

    private long figure(String region, ToLongFunction<CacheFigures> figure) {
        CacheFigures known = figures.get().get(region);
        return known == null ? 0 : figure.applyAsLong(known);
    }

    private DoubleSupplier tier(ToDoubleFunction<OuterTierStatus> figure) {
        return () -> outer.get().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private DoubleSupplier is(Predicate<OuterTierStatus> state) {
        return tier(status -> state.test(status) ? 1 : 0);
    }
}
