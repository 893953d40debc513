/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.observation.RalphKey;
import dev.ralph.observation.RalphObservation;
import dev.ralph.observation.RalphObservationContext;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps what was observed of Ralph, in the order in which it ended. */
final class Observed implements ObservationHandler<Observation.Context> {

    private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    @Override
    public void onStart(Observation.Context context) {
        open.incrementAndGet();
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        open.incrementAndGet();
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        open.decrementAndGet();
    }

    @Override
    public void onStop(Observation.Context context) {
        open.decrementAndGet();
        ended.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof RalphObservationContext;
    }

    /** How many observations and scopes were begun and not ended. */
    int open() {
        return open.get();
    }

    List<Observation.Context> all() {
        return ended;
    }

    List<Observation.Context> of(RalphObservation observation) {
        return ended.stream()
                .filter(context -> ((RalphObservationContext) context).observed() == observation)
                .toList();
    }

    Observation.Context only(RalphObservation observation) {
        List<Observation.Context> found = of(observation);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + observation);
        }
        return found.get(0);
    }

    /** The value of a key of either cardinality; null if it is not there. */
    static @Nullable String value(Observation.Context context, RalphKey key) {
        return context.getAllKeyValues().stream()
                .filter(pair -> pair.getKey().equals(key.asString()))
                .map(KeyValue::getValue)
                .findFirst()
                .orElse(null);
    }
}
