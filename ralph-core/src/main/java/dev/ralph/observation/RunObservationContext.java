/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import dev.ralph.RunId;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.internal.observation.TraceHeaders;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node's work on one run. Its carrier is what was stored when the run was submitted. */
public final class RunObservationContext extends ReceiverContext<Map<String, String>>
        implements RalphObservationContext {

    private static final String WORKFLOW = "ralph";

    private final RunId run;
    private final String node;
    private @Nullable RunStatus status;
    private @Nullable StopReason reason;

    /**
     * Begins it.
     *
     * @param node the node that works on it
     * @param trace the trace context of the submission, by header; empty if there is none
     */
    public RunObservationContext(RunId run, String node, Map<String, String> trace) {
        super(Map::get);
        this.run = run;
        this.node = node;
        setCarrier(TraceHeaders.of(trace));
    }

    /** Notes how the run stands as the node leaves it, and why it ended if it did. */
    public void left(RunStatus now, @Nullable StopReason why) {
        status = now;
        reason = now.isFinal() ? why : null;
    }

    public RunId run() {
        return run;
    }

    public String node() {
        return node;
    }

    /** How the run stood when the node left it; null until then. */
    public @Nullable RunStatus status() {
        return status;
    }

    /** Why it ended; null if it has not. */
    public @Nullable StopReason reason() {
        return reason;
    }

    @Override
    public RalphObservation observed() {
        return RalphObservation.RUN;
    }

    @Override
    public String spanName() {
        return "invoke_workflow " + WORKFLOW;
    }

    @Override
    public KeyValues lowCardinality() {
        return KeyValues.of(
                RalphKey.OPERATION_NAME.withValue("invoke_workflow"),
                RalphKey.WORKFLOW_NAME.withValue(WORKFLOW),
                RalphKey.RUN_STATUS.withValue(status == null ? KeyValue.NONE_VALUE : status.name()),
                RalphKey.STOP_REASON.withValue(reason == null ? KeyValue.NONE_VALUE : reason.name()));
    }

    @Override
    public KeyValues highCardinality() {
        return KeyValues.of(RalphKey.CONVERSATION_ID.withValue(run.toString()), RalphKey.NODE.withValue(node));
    }

    /** The stop reason of a run that failed; one that was stopped did what it was told. */
    @Override
    public @Nullable String failure() {
        return status == RunStatus.FAILED && reason != null ? reason.name() : null;
    }
}
