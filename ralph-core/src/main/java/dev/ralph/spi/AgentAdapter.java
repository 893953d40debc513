/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/**
 * Runs one agent. Thread-safe: it is invoked for many runs at once, but never twice at once for one run.
 */
public interface AgentAdapter extends AutoCloseable {

    /** Unique among the adapters of an orchestrator; what a run names. */
    String id();

    UsageReporting usageReporting();

    /**
     * Who serves the agent's model, for traces: a value OpenTelemetry knows of {@code gen_ai.provider.name}, such as
     * {@code anthropic} or {@code gcp.gemini}, as far as one fits; the adapter's id by default. One value for all runs.
     */
    default String modelProvider() {
        return id();
    }

    /**
     * Finds out whether the agent can be used: installed, version, credentials present. Spends no tokens, takes seconds
     * at most, throws nothing of its own.
     */
    AgentProbe probe();

    /**
     * Launches the agent and blocks until it has ended and nothing it started is left. Everything the agent or its
     * client may do is a typed outcome; an exception is a bug of the adapter and ends the run with
     * {@link dev.ralph.StopReason#INTERNAL_ERROR}. May run again for the same iteration, with the next attempt number.
     *
     * @throws InterruptedException if the calling thread is interrupted, once everything it started is dead, which takes
     *     the grace period and a second at most
     */
    AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException;

    /** Frees what the adapter holds. Called once, with no invocation in flight. */
    @Override
    default void close() {}
}
