/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** One call of the store, or of a region of a cache. */
public final class CallObservationContext extends Observation.Context implements RalphObservationContext {

    private final RalphObservation observed;
    private final String operation;
    private final @Nullable String region;
    private String outcome = KeyValue.NONE_VALUE;

    private CallObservationContext(RalphObservation observed, String operation, @Nullable String region) {
        this.observed = observed;
        this.operation = operation;
        this.region = region;
    }

    /** A call of this method of the store. */
    public static CallObservationContext ofStore(String operation) {
        return new CallObservationContext(RalphObservation.STORE, operation, null);
    }

    /** A call of this method of this region of the cache. */
    public static CallObservationContext ofCache(String region, String operation) {
        return new CallObservationContext(RalphObservation.CACHE, operation, region);
    }

    /** Notes what came of it: an outcome of {@link RalphObservation#STORE} or {@link RalphObservation#CACHE}. */
    public void ended(String how) {
        outcome = how;
    }

    /** The method that is called. */
    public String operation() {
        return operation;
    }

    @Override
    public RalphObservation observed() {
        return observed;
    }

    @Override
    public String spanName() {
        return region == null ? "store " + operation : "cache " + operation + " " + region;
    }

    @Override
    public KeyValues lowCardinality() {
        KeyValues call = KeyValues.of(
                RalphKey.CALL.withValue(operation), RalphKey.OUTCOME.withValue(getError() == null ? outcome : "error"));
        return region == null ? call : call.and(RalphKey.REGION.withValue(region));
    }

    @Override
    public KeyValues highCardinality() {
        return KeyValues.empty();
    }

    @Override
    public @Nullable String failure() {
        return null;
    }
}
