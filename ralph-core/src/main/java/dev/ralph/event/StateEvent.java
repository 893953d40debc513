/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.event;

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A durable event: committed together with the step it tells of. {@link #seq} counts from 1 per run, without gaps. */
public sealed interface StateEvent extends RunEvent {

    long seq();

    /** The run was stored and queued. */
    record RunSubmitted(RunId run, long seq, Instant at) implements StateEvent {}

    /**
     * A node took the run up.
     *
     * @param node the node
     * @param takeover whether the node before it died with the run in its hands
     */
    record RunTakenUp(RunId run, long seq, Instant at, String node, boolean takeover) implements StateEvent {}

    /** An agent is about to be launched; its spend is reserved. */
    record AttemptStarted(
            RunId run, long seq, Instant at, int iteration, int attempt, String agent, Reservation reserved)
            implements StateEvent {}

    /**
     * An attempt was settled.
     *
     * @param usage tokens charged, or null if not known
     * @param cost US dollars charged
     * @param failure what went wrong, or null
     * @param message the failure in words, or null
     */
    record AttemptSettled(
            RunId run,
            long seq,
            Instant at,
            int iteration,
            int attempt,
            String agent,
            AttemptStatus status,
            @Nullable Usage usage,
            Cost cost,
            @Nullable FailureClass failure,
            @Nullable String message)
            implements StateEvent {}

    /** An iteration is recorded; fields as in {@link dev.ralph.IterationRecord}. */
    record IterationRecorded(
            RunId run,
            long seq,
            Instant at,
            int iteration,
            boolean claimed,
            boolean workspaceChanged,
            boolean outputCut)
            implements StateEvent {}

    /** A gate checked a claim. */
    record GateChecked(RunId run, long seq, Instant at, int iteration, String gate, boolean passed, Duration took)
            implements StateEvent {}

    /** A claim was rejected; the agent will be told why. */
    record ClaimRejected(RunId run, long seq, Instant at, int iteration) implements StateEvent {}

    /**
     * The workspace was checkpointed.
     *
     * @param leftOut files that are not in it although no ignore rule names them: those that look like secrets, are too
     *     large, or cannot be stored; the first of them, with the reason
     * @param leftOutCount how many there are in all
     */
    record CheckpointMade(
            RunId run,
            long seq,
            Instant at,
            int number,
            int iteration,
            String ref,
            String commit,
            List<String> leftOut,
            int leftOutCount)
            implements StateEvent {

        public CheckpointMade {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** A checkpoint could not be made; the run goes on. */
    record CheckpointFailed(RunId run, long seq, Instant at, int iteration, String message) implements StateEvent {}

    /** Half-done edits were undone: the workspace is as it was at this checkpoint. */
    record WorkspaceRestored(RunId run, long seq, Instant at, int number) implements StateEvent {}

    /**
     * The run goes on in another copy of its workspace, on another node or a new one on the same: as of this checkpoint, and
     * without what was half done.
     *
     * @param checkpoint the number of the checkpoint
     * @param lostIteration the iteration whose edits are lost with the place they were made in: a recorded one that could
     *     not be published, or one that was half done and waited for its agent; 0 for none
     */
    record WorkspaceMoved(RunId run, long seq, Instant at, int checkpoint, int lostIteration) implements StateEvent {}

    /** The run waits. */
    record RunWaiting(RunId run, long seq, Instant at, Instant until, String why) implements StateEvent {}

    record RunPaused(RunId run, long seq, Instant at) implements StateEvent {}

    record RunResumed(RunId run, long seq, Instant at) implements StateEvent {}

    /** Guidance arrived and will be part of the next prompt. */
    record GuidanceReceived(RunId run, long seq, Instant at, int characters) implements StateEvent {}

    /** The node gave the run back to the queue without ending it. */
    record RunHandedBack(RunId run, long seq, Instant at, String node) implements StateEvent {}

    /** The run had been given up because its nodes died; it was told to go on and is queued again. */
    record RunRetried(RunId run, long seq, Instant at) implements StateEvent {}

    /** The run ended. The last event of every run, unless a {@link RunRetried} follows. */
    record RunEnded(
            RunId run,
            long seq,
            Instant at,
            StopReason reason,
            Verification verification,
            @Nullable String detail) implements StateEvent {}
}
