/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * What is known of something that is observed. The contexts of this package are filled while it goes on: what comes of it is
 * known at the end. Used by the thread that does the work.
 */
public interface RalphObservationContext {

    /** What is observed. */
    RalphObservation observed();

    /** What this one is called: the name of its span. */
    String spanName();

    /** Keys of which there are few values; all of those that {@link RalphObservation#getLowCardinalityKeyNames} names. */
    KeyValues lowCardinality();

    /** Keys that are for one run, as far as they are known; without what went wrong. */
    KeyValues highCardinality();

    /** The kind of error it ended with although nothing was thrown, or null if it did not. */
    @Nullable String failure();
}
