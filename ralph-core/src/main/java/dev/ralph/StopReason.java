/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** Why a run ended. Closed: every result, event and exit code uses one of these. */
public enum StopReason {
    /** The agent claimed completion and every gate passed (or there were no gates: see {@link Verification}). */
    COMPLETED(RunStatus.COMPLETED),
    /** {@link Limits#maxIterations} iterations are recorded. */
    MAX_ITERATIONS(RunStatus.STOPPED),
    /** {@link Limits#maxRuntime} is used up. */
    MAX_RUNTIME(RunStatus.STOPPED),
    /** {@link Limits#maxTokens} is used up. */
    MAX_TOKENS(RunStatus.STOPPED),
    /** {@link Limits#maxCost} is used up. */
    MAX_COST(RunStatus.STOPPED),
    /** A shared budget the run draws from is used up. */
    SHARED_BUDGET(RunStatus.STOPPED),
    /** {@link RetryPolicy#maxConsecutiveFailures} iterations in a row failed. */
    CONSECUTIVE_FAILURES(RunStatus.FAILED),
    /** The agent gave near-identical output over an unchanged workspace ({@link ProgressPolicy#loopWindow}). */
    LOOP_DETECTED(RunStatus.STOPPED),
    /** Iterations passed without a change of the workspace and without a claim ({@link ProgressPolicy#stallAfter}). */
    STALLED(RunStatus.STOPPED),
    /** No agent of the run can be used, or none before the run's runtime would be over. */
    AGENT_UNAVAILABLE(RunStatus.FAILED),
    /** The agents that are left refused their credentials. */
    AUTHENTICATION(RunStatus.FAILED),
    /** The prompt file is missing, empty, too large, not UTF-8 or outside the workspace, or the agent refused it. */
    INVALID_PROMPT(RunStatus.FAILED),
    /** The workspace is gone or no longer usable. */
    WORKSPACE_LOST(RunStatus.FAILED),
    /** Cancelled by command. */
    CANCELLED(RunStatus.STOPPED),
    /** Its node died again and again while working on it ({@link RetryPolicy#maxTakeovers}). */
    DEAD_LETTERED(RunStatus.FAILED),
    /** A bug in Ralph or in a plug-in; the detail says where. */
    INTERNAL_ERROR(RunStatus.FAILED);

    private final RunStatus status;

    StopReason(RunStatus status) {
        this.status = status;
    }

    /** The final status a run that ended for this reason has. */
    public RunStatus status() {
        return status;
    }
}
