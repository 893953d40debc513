/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys as {@link RalphObservation} has them, unless the host's registry has a convention for the same context.
 * Immutable.
 */
public final class RalphObservationConvention implements ObservationConvention<Observation.Context> {

    private final RalphObservation observed;

    public RalphObservationConvention(RalphObservation observed) {
        this.observed = observed;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof RalphObservationContext ralph && ralph.observed() == observed;
    }

    @Override
    public String getName() {
        return observed.getName();
    }

    @Override
    public String getContextualName(Observation.Context context) {
        return ralph(context).spanName();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
        return ralph(context).lowCardinality();
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(Observation.Context context) {
        KeyValues known = ralph(context).highCardinality();
        return context.getError() instanceof ObservedFailure failure
                ? known.and(RalphKey.ERROR_TYPE.withValue(failure.type()))
                : known;
    }

    private static RalphObservationContext ralph(Observation.Context context) {
        return (RalphObservationContext) context;
    }
}
