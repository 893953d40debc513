/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.OutputRecord;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a decision, or what happened to the run. {@code at} is the store's time. */
public sealed interface Outcome {

    Instant at();

    <R> R accept(Visitor<R> visitor);

    /**
     * A node took the run up.
     *
     * @param node the node
     * @param lastStep when the last step was written, up to when the runtime has been shown; null if none was
     * @param lapsed until when the node before held it, if it died with it; else null
     * @param lapses how many nodes in a row died with it without a step
     * @param auto the ready agents in order of preference if the run names none; empty otherwise
     * @param unready why no agent is ready, if none is
     * @param canCheckpoint whether the workspace can be checkpointed
     * @param place where the workspace stands if it may move between nodes; null if it does not, or was not looked at
     * @param reported what an attempt in flight had reported, for charging it
     */
    record TakenUp(
            Instant at,
            String node,
            @Nullable Instant lastStep,
            @Nullable Instant lapsed,
            int lapses,
            List<String> auto,
            String unready,
            boolean canCheckpoint,
            @Nullable String place,
            Metered reported)
            implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.takenUp(this);
        }
    }

    /**
     * The attempt is about to be launched.
     *
     * @param fingerprint the workspace before it, or null if that cannot be told
     */
    record AttemptStarted(
            Instant at, Decision.Invoke invoke, @Nullable String fingerprint) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptStarted(this);
        }
    }

    /**
     * A shared budget has no room for the reservation.
     *
     * @param jitter from 0 to 1
     */
    record BudgetRefused(Instant at, BudgetStatus budget, double jitter) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.budgetRefused(this);
        }
    }

    /**
     * The agent came to its end.
     *
     * @param claimed whether it claims completion
     * @param preview the end of its result, redacted
     * @param cut whether some of its result was not kept
     * @param sketch its result, for comparing
     * @param fingerprint the workspace after it, or null if that cannot be told
     * @param usage what it used
     * @param output what became of its full output, or null if that is not kept
     */
    record AttemptFinished(
            Instant at,
            boolean claimed,
            String preview,
            boolean cut,
            OutputSketch sketch,
            @Nullable String fingerprint,
            Metered usage,
            @Nullable OutputRecord output)
            implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptFinished(this);
        }
    }

    /**
     * The agent failed.
     *
     * @param retryAfter how long the service asks to wait, or null
     * @param jitter from 0 to 1
     * @param output what became of its full output, or null if that is not kept
     */
    record AttemptFailed(
            Instant at,
            FailureClass failure,
            String message,
            @Nullable Duration retryAfter,
            @Nullable String fingerprint,
            Metered usage,
            double jitter,
            @Nullable OutputRecord output)
            implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptFailed(this);
        }
    }

    /**
     * The attempt was cut off by Ralph.
     *
     * @param output what became of its full output, or null if that is not kept
     */
    record AttemptInterrupted(
            Instant at,
            Interruption cause,
            @Nullable String fingerprint,
            Metered usage,
            @Nullable OutputRecord output) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptInterrupted(this);
        }
    }

    /** Why Ralph cut an attempt off. */
    enum Interruption {
        /** The run was cancelled. */
        CANCELLED,
        /** The node closes; the iteration will be repeated. */
        SHUTDOWN,
        /** It used up its tokens. */
        TOKENS,
        /** It used up its money. */
        COST
    }

    /** The gates that were run, the last of which may have rejected. */
    record Verified(Instant at, List<GateRecord> gates) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.verified(this);
        }
    }

    /**
     * The checkpoint was made.
     *
     * @param leftOut the first of the files that are not in it, with the reason
     * @param leftOutCount how many there are
     */
    record Checkpointed(Instant at, CheckpointRecord checkpoint, List<String> leftOut, int leftOutCount)
            implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.checkpointed(this);
        }
    }

    /**
     * The checkpoint could not be made, or not be published.
     *
     * @param jitter from 0 to 1
     */
    record CheckpointFailed(Instant at, String message, double jitter) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.checkpointFailed(this);
        }
    }

    /**
     * The workspace cannot be reached now; it may work later.
     *
     * @param jitter from 0 to 1
     */
    record WorkspaceAway(Instant at, String message, double jitter) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.workspaceAway(this);
        }
    }

    /**
     * The workspace is reached by a run that was taken up without it.
     *
     * @param canCheckpoint as in {@link TakenUp}
     * @param place as in {@link TakenUp}
     */
    record WorkspaceReached(
            Instant at, boolean canCheckpoint, @Nullable String place) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.workspaceReached(this);
        }
    }

    record Restored(Instant at, int number) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.restored(this);
        }
    }

    /** Nothing to do until a time, or until a command. */
    record WaitBegan(Instant at, Decision.Wait decision) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.waitBegan(this);
        }
    }

    /** The node gives the run back. */
    record HandedBack(Instant at, String node) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.handedBack(this);
        }
    }

    /**
     * The run cannot go on: its prompt, its workspace, or a bug.
     *
     * @param usage what an attempt in flight used
     * @param output what became of its full output, or null if that is not kept
     */
    record Broken(
            Instant at,
            StopReason reason,
            String detail,
            Metered usage,
            @Nullable OutputRecord output) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.broken(this);
        }
    }

    /** The decision to finish is carried out. */
    record Finished(Instant at, Ending ending) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.finished(this);
        }
    }

    /** A command was read. */
    record Commanded(Instant at, long number, Command command) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.commanded(this);
        }
    }

    /** One method per outcome, so that a new one does not compile until it is handled (Java 17 has no such switch). */
    interface Visitor<R> {
        R takenUp(TakenUp outcome);

        R attemptStarted(AttemptStarted outcome);

        R budgetRefused(BudgetRefused outcome);

        R attemptFinished(AttemptFinished outcome);

        R attemptFailed(AttemptFailed outcome);

        R attemptInterrupted(AttemptInterrupted outcome);

        R verified(Verified outcome);

        R checkpointed(Checkpointed outcome);

        R checkpointFailed(CheckpointFailed outcome);

        R workspaceReached(WorkspaceReached outcome);

        R workspaceAway(WorkspaceAway outcome);

        R restored(Restored outcome);

        R waitBegan(WaitBegan outcome);

        R handedBack(HandedBack outcome);

        R broken(Broken outcome);

        R finished(Finished outcome);

        R commanded(Commanded outcome);
    }
}
