/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The meters of one orchestrator in one registry, which go from there when this is closed. Tags are keys and values by turns.
 * Thread-safe.
 */
final class OwnMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Set<Meter> all = ConcurrentHashMap.newKeySet();

    /** Registries hold what a function counter asks by a weak reference. */
    private final Set<Object> asked = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    OwnMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    Counter counter(RalphMeter meter, String... tags) {
        return counters.computeIfAbsent(
                new Key(meter, List.of(tags)),
                key -> own(Counter.builder(meter.meterName())
                        .description(meter.text())
                        .baseUnit(meter.unit())
                        .tags(tags)
                        .register(registry)));
    }

    Timer timer(RalphMeter meter, String... tags) {
        return timers.computeIfAbsent(
                new Key(meter, List.of(tags)),
                key -> own(Timer.builder(meter.meterName())
                        .description(meter.text())
                        .serviceLevelObjectives(meter.buckets().toArray(Duration[]::new))
                        .tags(tags)
                        .register(registry)));
    }

    /** Adds a gauge. */
    Meter gauge(RalphMeter meter, DoubleSupplier value, String... tags) {
        return own(Gauge.builder(meter.meterName(), value, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .description(meter.text())
                .baseUnit(meter.unit())
                .tags(tags)
                .register(registry));
    }

    /** Adds a counter of something that is counted already. */
    void counted(RalphMeter meter, DoubleSupplier count, String... tags) {
        asked.add(count);
        own(FunctionCounter.builder(meter.meterName(), count, DoubleSupplier::getAsDouble)
                .description(meter.text())
                .baseUnit(meter.unit())
                .tags(tags)
                .register(registry));
    }

    /** Adds a timer of something that is counted and timed already. */
    void timed(RalphMeter meter, LongSupplier count, DoubleSupplier seconds, String... tags) {
        Timed timed = new Timed(count, seconds);
        asked.add(timed);
        own(FunctionTimer.builder(meter.meterName(), timed, Timed::calls, Timed::total, TimeUnit.SECONDS)
                .description(meter.text())
                .tags(tags)
                .register(registry));
    }

    void remove(Meter meter) {
        all.remove(meter);
        registry.remove(meter);
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(this::remove);
    }

    private <M extends Meter> M own(M meter) {
        all.add(meter);
        if (closed) {
            remove(meter);
        }
        return meter;
    }

    private record Key(RalphMeter meter, List<String> tags) {}

    private record Timed(LongSupplier count, DoubleSupplier seconds) {

        long calls() {
            return count.getAsLong();
        }

        double total() {
            return seconds.getAsDouble();
        }
    }
}
