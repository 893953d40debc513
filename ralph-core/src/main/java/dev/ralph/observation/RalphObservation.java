/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed, and under which names: the one place where they are pinned. Keys of low cardinality are always there, so
 * that a handler may make meters of them; what belongs to one run, or is not always known, is of high cardinality and meant
 * for spans. The prompt and the output of agents are in neither, unless the host asks for them
 * ({@link dev.ralph.OrchestratorBuilder#observeContent}).
 *
 * <p>A host has them as it likes by what its registry offers: an {@code ObservationPredicate} leaves some out by name, an
 * {@code ObservationFilter} changes keys, and a {@code GlobalObservationConvention} for one of the contexts of this package
 * replaces name and keys.
 */
public enum RalphObservation implements ObservationDocumentation {
    /**
     * A run is submitted. Its trace context is stored with the run, so that whichever node works on it goes on with the same
     * trace. Outcomes: {@code created}, {@code known}.
     */
    SUBMISSION("ralph.submit"),
    /**
     * One node's work on one run, from when it is taken up until it ends, waits, or is given back. A run that waits or moves
     * has several. Context: {@link RunObservationContext}.
     */
    RUN("ralph.invoke.workflow"),
    /**
     * One attempt of one iteration. Outcomes: {@code finished}, {@code failed}, {@code interrupted}, {@code broken}. Context:
     * {@link AgentObservationContext}.
     */
    AGENT("ralph.invoke.agent"),
    /** One gate checks one claim. Outcomes: {@code passed}, {@code rejected}. Context: {@link GateObservationContext}. */
    GATE("ralph.gate"),
    /**
     * One checkpoint is made, and published where the workspace moves. Outcomes: {@code made}, {@code failed}. Context:
     * {@link CheckpointObservationContext}.
     */
    CHECKPOINT("ralph.checkpoint"),
    /**
     * One call of the store, only within another observation. Outcomes: {@code ok}, {@code error}. Context:
     * {@link CallObservationContext}.
     */
    STORE("ralph.store"),
    /**
     * One call of a cache, only within another observation. Outcomes: {@code hit}, {@code loaded}, {@code miss}, {@code ok},
     * {@code error}. Context: {@link CallObservationContext}.
     */
    CACHE("ralph.cache");

    private final String name;

    RalphObservation(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
        return switch (this) {
            case SUBMISSION, CHECKPOINT -> keys(RalphKey.OUTCOME);
            case RUN ->
                keys(RalphKey.OPERATION_NAME, RalphKey.WORKFLOW_NAME, RalphKey.RUN_STATUS, RalphKey.STOP_REASON);
            case AGENT -> keys(RalphKey.OPERATION_NAME, RalphKey.PROVIDER_NAME, RalphKey.AGENT_NAME, RalphKey.OUTCOME);
            case GATE -> keys(RalphKey.GATE_TYPE, RalphKey.OUTCOME);
            case STORE -> keys(RalphKey.CALL, RalphKey.OUTCOME);
            case CACHE -> keys(RalphKey.REGION, RalphKey.CALL, RalphKey.OUTCOME);
        };
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
        return switch (this) {
            case SUBMISSION -> keys(RalphKey.CONVERSATION_ID, RalphKey.ERROR_TYPE);
            case RUN -> keys(RalphKey.CONVERSATION_ID, RalphKey.NODE, RalphKey.ERROR_TYPE);
            case AGENT ->
                keys(
                        RalphKey.CONVERSATION_ID,
                        RalphKey.ITERATION,
                        RalphKey.ATTEMPT,
                        RalphKey.REQUEST_MODEL,
                        RalphKey.INPUT_TOKENS,
                        RalphKey.OUTPUT_TOKENS,
                        RalphKey.CACHE_READ_TOKENS,
                        RalphKey.CACHE_CREATION_TOKENS,
                        RalphKey.COST,
                        RalphKey.COST_KIND,
                        RalphKey.CLAIMED,
                        RalphKey.INPUT_MESSAGES,
                        RalphKey.OUTPUT_MESSAGES,
                        RalphKey.ERROR_TYPE);
            case GATE -> keys(RalphKey.CONVERSATION_ID, RalphKey.ITERATION, RalphKey.GATE_NAME, RalphKey.ERROR_TYPE);
            case CHECKPOINT ->
                keys(RalphKey.CONVERSATION_ID, RalphKey.ITERATION, RalphKey.CHECKPOINT, RalphKey.ERROR_TYPE);
            case STORE, CACHE -> keys(RalphKey.ERROR_TYPE);
        };
    }

    private static KeyName[] keys(KeyName... keys) {
        return keys;
    }
}
