/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for. Workspace, agents and gates are names of what the administrator set up.
 *
 * @param prompt what the agent is asked to do
 * @param workspace where it works
 * @param agents who works, the first that can be used first; all of the tenant's without this
 * @param gates the gate set that checks a claim to be done; without this nobody does
 * @param limits what the run may use; the server's defaults and ceilings where this says nothing
 * @param labels for searching; never personal data
 * @param subject the person whose data this is, within the tenant
 * @param priority those of the highest go first
 * @param startDelay how long to wait before the first attempt
 * @param completionPromise the line that claims completion
 */
public record RunRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Make check.sh pass.") @Nullable String prompt,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "demo") @Nullable String workspace,

        @Nullable List<@Nullable String> agents,
        @Schema(example = "demo") @Nullable String gates,
        @Nullable RequestedLimits limits,
        @Nullable Map<String, @Nullable String> labels,
        @Nullable String subject,
        @Nullable Integer priority,
        @Schema(type = "string", example = "PT5M") @Nullable Duration startDelay,
        @Schema(example = "LOOP_COMPLETE") @Nullable String completionPromise) {

    /** Never the prompt, nor whose data it is. */
    @Override
    public String toString() {
        return "RunRequest[workspace=" + workspace + "]";
    }

    /**
     * What a run may use.
     *
     * @param maxIterations iterations
     * @param maxRuntime runtime, such as {@code PT1H}
     * @param maxTokens tokens
     * @param maxCost US dollars
     * @param attemptTimeout wall-clock time of one attempt
     * @param idleTimeout time without output after which an attempt is ended
     */
    public record RequestedLimits(
            @Schema(example = "10") @Nullable Integer maxIterations,

            @Schema(type = "string", example = "PT1H") @Nullable Duration maxRuntime,

            @Nullable Long maxTokens,
            @Schema(example = "5.00") @Nullable BigDecimal maxCost,

            @Schema(type = "string", example = "PT10M") @Nullable Duration attemptTimeout,

            @Schema(type = "string", example = "PT5M") @Nullable Duration idleTimeout) {}
}
