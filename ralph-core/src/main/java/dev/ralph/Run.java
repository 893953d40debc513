/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A handle on one run, wherever it is worked on. Thread-safe; holds no resources. Commands are durable: once a method
 * returns, the command will be carried out even if every node dies in between. Repeating a command does no harm.
 */
public interface Run {

    RunId id();

    /**
     * What the store knows now; with a cache, what it knew some seconds ago at the most. Blocks for one store read at the
     * most.
     */
    RunSnapshot snapshot();

    /** What the run was asked to do. Blocks for one store read. */
    RunSpec spec();

    /**
     * Tells the agent something at its next iteration.
     *
     * @param text not blank, at most 100,000 characters
     * @throws InvalidValueException if the text is blank or too long
     * @throws RunStateException if the run has ended
     */
    void guide(String text);

    /**
     * Lets the iteration in flight come to its end, then pauses. Runtime stops counting.
     *
     * @throws RunStateException if the run has ended
     */
    void pause();

    /**
     * Goes on after a pause. Without effect on a run that is not paused.
     *
     * @throws RunStateException if the run has ended
     */
    void resume();

    /**
     * Goes on after the run was given up because its nodes died ({@link StopReason#DEAD_LETTERED}): it is queued again, and
     * nothing it used starts again from zero. Until a node has carried the command out, the run still shows as ended.
     *
     * @throws RunStateException if the run was not dead-lettered
     */
    void retry();

    /**
     * Stops the attempt in flight at once and ends the run. A workspace that is being fetched or published meanwhile is
     * waited for, as long as one transfer may take. Without effect on a run that has ended.
     */
    void cancel();

    /**
     * Waits until the run has ended.
     *
     * @throws OrchestratorClosedException if the orchestrator closes while the run goes back to its queue
     */
    RunResult await() throws InterruptedException;

    /** Waits at most {@code timeout}; empty if the run has not ended by then. */
    Optional<RunResult> await(Duration timeout) throws InterruptedException;

    /**
     * State events after {@code seq}, in order, at most {@code max}. Blocks for one store read.
     *
     * @param seq 0 for all
     */
    List<StateEvent> events(long seq, int max);

    /**
     * Delivers every state event after {@code seq} and then, while this node works on the run, its activity, until the
     * returned handle is closed. State events come in order and at least once; activity is best effort. The listener
     * is called on a thread of its own: a slow one loses activity, never state events, and never slows the run.
     */
    Subscription follow(long seq, RunListener listener);

    /** Recorded iterations after {@code iteration}, in order, at most {@code max}. */
    List<IterationRecord> iterations(int iteration, int max);

    /** The attempts of one iteration, in order. */
    List<AttemptRecord> attempts(int iteration);

    /** Every gate result, by iteration and then in the order the gates ran. */
    List<GateRecord> gates();

    /** Every checkpoint, in order. */
    List<CheckpointRecord> checkpoints();

    /**
     * The full output of an attempt: all its processes printed, secrets masked, and of both channels. Blocks for one store
     * read and while it is opened; close it.
     *
     * @return empty if it is not to be found here: outputs are not kept, it could not be kept
     *     ({@link OutputRecord#lost}), the attempt is in flight or printed nothing, its node died before it was settled,
     *     it was deleted or is past its retention, or it is on the disk of another node; the record says in which case it
     *     was kept at all, and in {@link OutputRecord#cut} whether some of it is missing
     * @throws ArtifactException if the artifact store fails, or what it sealed does not open: the run was erased, or the
     *     output was damaged
     */
    Optional<RunOutput> output(int iteration, int attempt);

    /**
     * The full output of a gate, as {@link #output(int, int)} of an attempt.
     *
     * @param gate one of {@link #gates}
     */
    Optional<RunOutput> output(GateRecord gate);

    /**
     * Deletes the full outputs of the run that this node finds, those of nodes that lost the run included. The records
     * stay. Deleting again does nothing.
     *
     * @return how many there were
     * @throws RunStateException if the run has not ended
     * @throws ArtifactException if the artifact store fails; it can be repeated
     */
    int deleteOutputs();

    /**
     * Restores the workspace to a checkpoint. Ignored and secret-looking files, the branch, the index and the stash are
     * left alone; the present state is kept in a checkpoint of its own first. Blocks while git works.
     *
     * @param number the checkpoint's {@link CheckpointRecord#number}
     * @throws RunStateException if the run is not paused and has not ended
     * @throws WorkspaceException if there is no such checkpoint or git fails; the workspace can be restored again. Also if
     *     the workspace moves between nodes: there is none then that is the run's, and the message says what to fetch
     */
    RollbackReport rollback(int number);

    /**
     * Deletes the hidden refs of the run's checkpoints from the workspace's repository, so that git may forget what only
     * they hold. The records stay; rolling back is no longer possible. Deleting again does nothing. Blocks while git works.
     *
     * @return how many refs there were
     * @throws RunStateException if the run has not ended
     * @throws WorkspaceException if the workspace is in no git repository, or git fails; it can be repeated
     */
    int deleteCheckpoints();

    /**
     * What changed between two checkpoints, as a unified diff.
     *
     * @param from number of the earlier checkpoint; 0 is the state the run began with
     * @param to number of the later checkpoint
     * @param maxChars cut after so many characters, with a last line that says so
     */
    String diff(int from, int to, int maxChars);

    /** Ends a subscription. Closing twice is allowed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
