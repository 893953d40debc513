/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracedCachesTest {

    private static final OuterTierStatus STATUS = new OuterTierStatus(true, true, false, 1, 2, 3);

    @Test
    void whatIsToldOfAnOuterTierIsPassedOn() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(context -> true);
        Caches traced = TracedCaches.of(new Outer(), new Observations(registry, false));

        assertThat(traced).isInstanceOf(TracedCaches.class);
        assertThat(traced.outerTier()).contains(STATUS);
        assertThat(traced.healthProbes()).hasSize(1);
    }

    private static final class Outer implements Caches {

        @Override
        public <V> Cache<V> region(CacheRegion<V> definition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void evictAll() {}

        @Override
        public Map<String, CacheFigures> figures() {
            return Map.of();
        }

        @Override
        public Optional<OuterTierStatus> outerTier() {
            return Optional.of(STATUS);
        }

        @Override
        public List<HealthProbe> healthProbes() {
            return List.of(new Probe());
        }

        @Override
        public void close() {}
    }

    private static final class Probe implements HealthProbe {

        @Override
        public String name() {
            return "outer";
        }

        @Override
        public HealthImpact impact() {
            return HealthImpact.NONE;
        }

        @Override
        public CheckResult check() {
            return CheckResult.up();
        }
    }
}
