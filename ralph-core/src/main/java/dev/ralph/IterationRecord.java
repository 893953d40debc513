/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Instant;

/**
 * One recorded iteration. Committed exactly once, never changed.
 *
 * @param iteration its number, from 1, without gaps
 * @param attempts attempts it took
 * @param agent id of the agent of the last attempt
 * @param status how the last attempt ended
 * @param claimed whether the agent claimed completion
 * @param workspaceChanged whether the workspace, commits included, differs from before
 * @param outputCut whether the agent wrote more than was read: some of its result is missing from what was looked at
 * @param startedAt when its first attempt started
 * @param endedAt when its last attempt was settled
 * @param outputPreview the end of the agent's result, secrets redacted, at most 4,000 characters
 */
public record IterationRecord(
        int iteration,
        int attempts,
        String agent,
        AttemptStatus status,
        boolean claimed,
        boolean workspaceChanged,
        boolean outputCut,
        Instant startedAt,
        Instant endedAt,
        String outputPreview) {}
