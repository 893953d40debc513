/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import dev.ralph.RunId;
import dev.ralph.internal.observation.TraceHeaders;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run is submitted. Its carrier is stored with the run. */
public final class SubmissionObservationContext extends SenderContext<Map<String, String>>
        implements RalphObservationContext {

    private String outcome = KeyValue.NONE_VALUE;
    private @Nullable RunId run;

    public SubmissionObservationContext() {
        super(TraceHeaders::set);
        setCarrier(new LinkedHashMap<>());
    }

    /** Notes that this run was made, or was there under the same task id. */
    public void submitted(RunId stored, boolean created) {
        run = stored;
        outcome = created ? "created" : "known";
    }

    /** The run, once it is known. */
    public @Nullable RunId run() {
        return run;
    }

    @Override
    public RalphObservation observed() {
        return RalphObservation.SUBMISSION;
    }

    @Override
    public String spanName() {
        return "submit ralph";
    }

    @Override
    public KeyValues lowCardinality() {
        return KeyValues.of(RalphKey.OUTCOME.withValue(outcome));
    }

    @Override
    public KeyValues highCardinality() {
        return run == null ? KeyValues.empty() : KeyValues.of(RalphKey.CONVERSATION_ID.withValue(run.toString()));
    }

    @Override
    public @Nullable String failure() {
        return null;
    }
}
