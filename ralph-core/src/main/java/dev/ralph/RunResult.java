/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param id the run
 * @param reason why it ended
 * @param verification what stands behind its completion
 * @param detail the reason in words for a person, or null when the reason says it all
 * @param iterations iterations recorded
 * @param attempts attempts launched, repeats included
 * @param unreported attempts that did not report all they used: tokens, money or both are not known
 * @param usage tokens reported
 * @param unknownTokens tokens charged against the limits for attempts that did not report
 * @param spend US dollars charged, by kind
 * @param runtime time in status RUNNING or WAITING
 */
public record RunResult(
        RunId id,
        StopReason reason,
        Verification verification,
        @Nullable String detail,
        int iterations,
        int attempts,
        int unreported,
        Usage usage,
        long unknownTokens,
        Spend spend,
        Duration runtime) {

    /** Whether the run ended with {@link StopReason#COMPLETED}; see {@link #verification} for what that is worth. */
    public boolean completed() {
        return reason == StopReason.COMPLETED;
    }

    /**
     * The result of a run that has ended.
     *
     * @throws RunStateException if it has not
     */
    public static RunResult of(RunSnapshot run) {
        StopReason reason = run.reason();
        if (reason == null) {
            throw new RunStateException("run " + run.id() + " is " + run.status() + " and has no result yet");
        }
        RunProgress progress = run.progress();
        return new RunResult(
                run.id(),
                reason,
                run.verification(),
                run.detail(),
                progress.iterations(),
                progress.attempts(),
                progress.unreported(),
                progress.usage(),
                progress.unknownTokens(),
                progress.spend(),
                progress.runtime());
    }
}
