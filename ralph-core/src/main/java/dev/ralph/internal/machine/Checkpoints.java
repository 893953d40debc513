/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.CheckpointRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where the run's checkpoints stand.
 *
 * @param possible whether the workspace can be checkpointed
 * @param last the last one made, or null
 * @param dirty whether the workspace changed since
 * @param sinceLast iterations recorded since
 * @param failed whether the last try failed, so that it is not tried again before the next iteration
 * @param restore whether half-done edits are to be undone before anything else
 */
public record Checkpoints(
        boolean possible,
        @Nullable CheckpointRecord last,
        boolean dirty,
        int sinceLast,
        boolean failed,
        boolean restore) {

    static final Checkpoints NONE = new Checkpoints(false, null, false, 0, false, false);

    Checkpoints possible(boolean value) {
        return new Checkpoints(value, last, dirty, sinceLast, failed, restore);
    }

    Checkpoints changed() {
        return new Checkpoints(possible, last, true, sinceLast, failed, restore);
    }

    Checkpoints iterationRecorded() {
        return new Checkpoints(possible, last, dirty, sinceLast + 1, false, restore);
    }

    Checkpoints made(CheckpointRecord checkpoint) {
        return new Checkpoints(possible, checkpoint, false, 0, false, restore);
    }

    Checkpoints failedToMake() {
        return new Checkpoints(possible, last, dirty, sinceLast, true, restore);
    }

    /** What kept the last try from succeeding is over. */
    Checkpoints toTryAgain() {
        return new Checkpoints(possible, last, dirty, sinceLast, false, restore);
    }

    Checkpoints toRestore(boolean value) {
        return new Checkpoints(possible, last, dirty, sinceLast, failed, value);
    }

    Checkpoints restored() {
        return new Checkpoints(possible, last, false, sinceLast, failed, false);
    }

    /** People may have edited: a checkpoint of that is due before anything could be rolled back over it. */
    Checkpoints edited(int every) {
        return new Checkpoints(possible, last, true, Math.max(sinceLast, every), failed, restore);
    }

    /** 0 is the state before the first iteration, and nothing else, even if that one could not be made. */
    int nextNumber(int recorded) {
        if (last != null) {
            return last.number() + 1;
        }
        return recorded == 0 ? 0 : 1;
    }

    /** Whether going back to the last one undoes no recorded iteration: one may have failed to be checkpointed. */
    boolean covers(int recorded) {
        return last != null && (last.iteration() == recorded || !dirty);
    }

    /** Whether one is due between iterations: the first before anything has run, then every n-th. */
    boolean due(int every) {
        return possible && every > 0 && !failed && (last == null || (dirty && sinceLast >= every));
    }

    /** Whether recorded iterations are in no checkpoint. */
    boolean behind() {
        return dirty && sinceLast > 0;
    }

    /** In a copy of the workspace that was made from the last one: nothing else is there. */
    Checkpoints moved() {
        return new Checkpoints(possible, last, false, 0, false, last != null);
    }

    /** Whether one is due before the run ends. */
    boolean dueAtEnd(int every) {
        return possible && every > 0 && !failed && last != null && dirty;
    }
}
