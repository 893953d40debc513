/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;
import java.nio.file.Path;
import java.util.Map;

/**
 * One launch of an agent.
 *
 * @param run the run
 * @param iteration the iteration, from 1
 * @param attempt the attempt within the iteration, from 1
 * @param prompt the whole prompt
 * @param workspace the directory to work in
 * @param allowance what the attempt may use
 * @param settings the run's settings for this agent
 * @param environment variables for the agent's process, beside those it is set up with, which count if both have one: the
 *     trace context ({@code TRACEPARENT}, {@code TRACESTATE}) where the host traces. An adapter without a process may leave
 *     them; the attempt's observation is the current one of the calling thread
 */
public record AgentInvocation(
        RunId run,
        int iteration,
        int attempt,
        String prompt,
        Path workspace,
        Allowance allowance,
        Map<String, Object> settings,
        Map<String, String> environment) {

    public AgentInvocation {
        environment = Map.copyOf(environment);
    }

    /** A launch that is traced by nobody. */
    public AgentInvocation(
            RunId run,
            int iteration,
            int attempt,
            String prompt,
            Path workspace,
            Allowance allowance,
            Map<String, Object> settings) {
        this(run, iteration, attempt, prompt, workspace, allowance, settings, Map.of());
    }

    /** Never the prompt itself. */
    @Override
    public String toString() {
        return "AgentInvocation[run=" + run + ", iteration=" + iteration + ", attempt=" + attempt + "]";
    }
}
