/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidPromptException;
import dev.ralph.InvalidValueException;
import dev.ralph.RalphException;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.StopSignal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the exit code of this program says. */
enum ExitCode {
    OK(0, "done; a run COMPLETED (the output says whether gates verified it); a worker stopped cleanly"),
    ERROR(1, "something failed that is none of the below; of 'health': not healthy"),
    USAGE(2, "an option, a value or the configuration cannot be used"),
    MAX_ITERATIONS(10, "the run ended: MAX_ITERATIONS"),
    MAX_RUNTIME(11, "the run ended: MAX_RUNTIME"),
    MAX_TOKENS(12, "the run ended: MAX_TOKENS"),
    MAX_COST(13, "the run ended: MAX_COST"),
    SHARED_BUDGET(14, "the run ended: SHARED_BUDGET"),
    CONSECUTIVE_FAILURES(20, "the run ended: CONSECUTIVE_FAILURES"),
    LOOP_DETECTED(21, "the run ended: LOOP_DETECTED"),
    STALLED(22, "the run ended: STALLED"),
    AGENT_UNAVAILABLE(30, "no agent can be used: AGENT_UNAVAILABLE"),
    AUTHENTICATION(31, "the run ended: AUTHENTICATION"),
    INVALID_PROMPT(32, "the prompt cannot be used: INVALID_PROMPT"),
    WORKSPACE_LOST(33, "the workspace cannot be used: WORKSPACE_LOST"),
    CANCELLED(40, "the run ended: CANCELLED"),
    DEAD_LETTERED(41, "the run ended: DEAD_LETTERED"),
    CUT_OFF(50, "a worker stopped, and iterations did not end within --drain-timeout: cut off, their runs handed back"),
    AUDIT_BROKEN(60, "audit --verify: the trail is not what was written"),
    AUDIT_UNSIGNED(61, "audit --verify: there is no key to check the trail with"),
    UNREACHED(62, "erase: done, but something has to be deleted elsewhere, by hand; the output says where"),
    INTERNAL_ERROR(70, "a bug in Ralph or a plug-in: INTERNAL_ERROR"),
    INTERRUPTED(130, "Ctrl-C: the run was handed back, 'ralph resume' goes on with it; of 'submit', it goes on"),
    KILLED(137, "Ctrl-C twice: the agents were killed; 'ralph resume' goes on, or another worker does"),
    TERMINATED(143, "SIGTERM: the run was handed back, 'ralph resume' goes on with it; of 'submit', it goes on");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    static ExitCode of(RunEnd end) {
        RunResult result = end.result();
        if (result != null) {
            return of(result.reason());
        }
        return end.stoppedBy() == StopSignal.TERMINATE ? TERMINATED : INTERRUPTED;
    }

    static ExitCode of(StopReason reason) {
        return switch (reason) {
            case COMPLETED -> OK;
            case MAX_ITERATIONS -> MAX_ITERATIONS;
            case MAX_RUNTIME -> MAX_RUNTIME;
            case MAX_TOKENS -> MAX_TOKENS;
            case MAX_COST -> MAX_COST;
            case SHARED_BUDGET -> SHARED_BUDGET;
            case CONSECUTIVE_FAILURES -> CONSECUTIVE_FAILURES;
            case LOOP_DETECTED -> LOOP_DETECTED;
            case STALLED -> STALLED;
            case AGENT_UNAVAILABLE -> AGENT_UNAVAILABLE;
            case AUTHENTICATION -> AUTHENTICATION;
            case INVALID_PROMPT -> INVALID_PROMPT;
            case WORKSPACE_LOST -> WORKSPACE_LOST;
            case CANCELLED -> CANCELLED;
            case DEAD_LETTERED -> DEAD_LETTERED;
            case INTERNAL_ERROR -> INTERNAL_ERROR;
        };
    }

    /** What a failure means before a run has begun. */
    static ExitCode of(RalphException failure) {
        if (failure instanceof InvalidValueException || failure instanceof ConfigurationException) {
            return USAGE;
        }
        if (failure instanceof InvalidPromptException) {
            return INVALID_PROMPT;
        }
        return failure instanceof WorkspaceException ? WORKSPACE_LOST : ERROR;
    }

    /** Every code and its meaning, for the help. */
    static Map<String, String> table() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(
                        value -> Integer.toString(value.code),
                        value -> value.meaning,
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}
