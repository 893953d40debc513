/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import dev.ralph.RunId;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** One checkpoint is made. */
public final class CheckpointObservationContext extends Observation.Context implements RalphObservationContext {

    private static final String FAILED = "failed";

    private final RunId run;
    private final int iteration;
    private final int number;
    private String outcome = KeyValue.NONE_VALUE;

    /**
     * Begins it.
     *
     * @param iteration the iteration it comes after; 0 before the first
     */
    public CheckpointObservationContext(RunId run, int iteration, int number) {
        this.run = run;
        this.iteration = iteration;
        this.number = number;
    }

    /** Notes whether it was made. */
    public void ended(boolean made) {
        outcome = made ? "made" : FAILED;
    }

    public RunId run() {
        return run;
    }

    @Override
    public RalphObservation observed() {
        return RalphObservation.CHECKPOINT;
    }

    @Override
    public String spanName() {
        return "checkpoint";
    }

    @Override
    public KeyValues lowCardinality() {
        return KeyValues.of(RalphKey.OUTCOME.withValue(outcome));
    }

    @Override
    public KeyValues highCardinality() {
        return KeyValues.of(
                RalphKey.CONVERSATION_ID.withValue(run.toString()),
                RalphKey.ITERATION.withValue(Integer.toString(iteration)),
                RalphKey.CHECKPOINT.withValue(Integer.toString(number)));
    }

    @Override
    public @Nullable String failure() {
        return outcome.equals(FAILED) ? "CHECKPOINT_FAILED" : null;
    }
}
