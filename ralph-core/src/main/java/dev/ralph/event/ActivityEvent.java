/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.event;

import dev.ralph.Cost;
import dev.ralph.RunId;
import dev.ralph.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the agent does at the moment: best effort, not stored, seen on the node that works on the run. */
public sealed interface ActivityEvent extends RunEvent {

    int iteration();

    /** Text the agent wrote, secrets redacted. */
    record TextWritten(RunId run, Instant at, int iteration, String text) implements ActivityEvent {}

    /**
     * The agent called a tool.
     *
     * @param tool its name
     * @param summary what it was called with, in one line
     */
    record ToolCalled(RunId run, Instant at, int iteration, String tool, String summary) implements ActivityEvent {}

    /** A tool returned. */
    record ToolReturned(RunId run, Instant at, int iteration, String tool, boolean ok, String summary)
            implements ActivityEvent {}

    /** The agent reported its usage so far in this attempt. */
    record UsageReported(
            RunId run, Instant at, int iteration, @Nullable Usage usage, Cost cost) implements ActivityEvent {}

    /** A gate is being run. */
    record GateStarted(RunId run, Instant at, int iteration, String gate) implements ActivityEvent {}
}
