/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import dev.ralph.RunId;
import dev.ralph.internal.observation.TraceHeaders;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One gate checks one claim. What handlers put into its carrier reaches the programs it runs in their environment. */
public final class GateObservationContext extends SenderContext<Map<String, String>>
        implements RalphObservationContext {

    private final RunId run;
    private final int iteration;
    private final String type;
    private final String gate;
    private String outcome = KeyValue.NONE_VALUE;

    /**
     * Begins it.
     *
     * @param type the gate's type
     * @param gate its name, without secrets
     */
    public GateObservationContext(RunId run, int iteration, String type, String gate) {
        super(TraceHeaders::set, Kind.CLIENT);
        this.run = run;
        this.iteration = iteration;
        this.type = type;
        this.gate = gate;
        setCarrier(new LinkedHashMap<>());
    }

    /** Notes the verdict. A gate that rejects is at work as it should be: that is no error. */
    public void checked(boolean passed) {
        outcome = passed ? "passed" : "rejected";
    }

    public RunId run() {
        return run;
    }

    public int iteration() {
        return iteration;
    }

    /** The gate's name, without secrets. */
    public String gate() {
        return gate;
    }

    @Override
    public RalphObservation observed() {
        return RalphObservation.GATE;
    }

    @Override
    public String spanName() {
        return "gate " + type;
    }

    @Override
    public KeyValues lowCardinality() {
        return KeyValues.of(RalphKey.GATE_TYPE.withValue(type), RalphKey.OUTCOME.withValue(outcome));
    }

    @Override
    public KeyValues highCardinality() {
        return KeyValues.of(
                RalphKey.CONVERSATION_ID.withValue(run.toString()),
                RalphKey.ITERATION.withValue(Integer.toString(iteration)),
                RalphKey.GATE_NAME.withValue(gate));
    }

    @Override
    public @Nullable String failure() {
        return null;
    }
}
