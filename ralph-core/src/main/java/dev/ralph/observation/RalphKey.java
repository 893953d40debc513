/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import io.micrometer.common.docs.KeyName;

/**
 * The keys of observations. Those that begin with {@code gen_ai.} and {@code error.type} are OpenTelemetry's, which are in
 * development: a release of Ralph follows one state of them. Which key is on which observation, and with how many values, is
 * told by {@link RalphObservation}.
 */
public enum RalphKey implements KeyName {
    /** {@code invoke_workflow} or {@code invoke_agent}. */
    OPERATION_NAME("gen_ai.operation.name"),
    /** Always {@code ralph}. */
    WORKFLOW_NAME("gen_ai.workflow.name"),
    /** What {@link dev.ralph.spi.AgentAdapter#modelProvider} says. */
    PROVIDER_NAME("gen_ai.provider.name"),
    /** The agent's id. */
    AGENT_NAME("gen_ai.agent.name"),
    /** The run's id. */
    CONVERSATION_ID("gen_ai.conversation.id"),
    /** The model the run's settings ask for; only if they name one. */
    REQUEST_MODEL("gen_ai.request.model"),
    /** Tokens read, cached ones included; only if the agent reports them. */
    INPUT_TOKENS("gen_ai.usage.input_tokens"),
    /** Tokens written; only if the agent reports them. */
    OUTPUT_TOKENS("gen_ai.usage.output_tokens"),
    /** Of the tokens read, those out of the service's prompt cache. */
    CACHE_READ_TOKENS("gen_ai.usage.cache_read.input_tokens"),
    /** Of the tokens read, those written to the service's prompt cache. */
    CACHE_CREATION_TOKENS("gen_ai.usage.cache_creation.input_tokens"),
    /** The prompt; only if the host asks for content. */
    INPUT_MESSAGES("gen_ai.input.messages"),
    /** The end of the agent's result; only if the host asks for content. */
    OUTPUT_MESSAGES("gen_ai.output.messages"),
    /** What went wrong, only if something did: a failure class, a stop reason, or the class of an exception. */
    ERROR_TYPE("error.type"),

    /** How it ended; the values are those of each observation. */
    OUTCOME("ralph.outcome"),
    /** Status of the run when this node leaves it. */
    RUN_STATUS("ralph.run.status"),
    /** Why the run has ended, or {@code none}. */
    STOP_REASON("ralph.run.reason"),
    /** The node that works on the run. */
    NODE("ralph.node"),
    /** The iteration, from 1. */
    ITERATION("ralph.iteration"),
    /** The attempt within the iteration, from 1. */
    ATTEMPT("ralph.attempt"),
    /** Whether the agent claims completion. */
    CLAIMED("ralph.claimed"),
    /** What the attempt cost, in US dollars; only if that is known. */
    COST("ralph.cost.usd"),
    /** Whether that is billed or estimated. */
    COST_KIND("ralph.cost.kind"),
    /** The type of the gate, such as {@code command}. */
    GATE_TYPE("ralph.gate.type"),
    /** The name of the gate, with secrets masked: its command, if nobody named it. */
    GATE_NAME("ralph.gate.name"),
    /** The number of the checkpoint. */
    CHECKPOINT("ralph.checkpoint"),
    /** The method of the store or cache. */
    CALL("ralph.call"),
    /** The region of the cache. */
    REGION("ralph.cache.region");

    private final String key;

    RalphKey(String key) {
        this.key = key;
    }

    @Override
    public String asString() {
        return key;
    }
}
