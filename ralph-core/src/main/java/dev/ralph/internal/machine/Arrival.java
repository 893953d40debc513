/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run finds its workspace in a place: the one it left, or another, where there is what was published and nothing else. */
final class Arrival {

    private final StateEdit edit;
    private final StepRecorder step;
    private final boolean waits;
    private final boolean halfDone;

    /**
     * Sees what the run left.
     *
     * @param before the state before it was taken up
     */
    Arrival(LoopState before, StateEdit edit, StepRecorder step) {
        this.edit = edit;
        this.step = step;
        this.waits = before.unpublished();
        this.halfDone = before.open() != null;
    }

    /**
     * It is held.
     *
     * @param place as in {@link Outcome.TakenUp}
     */
    void at(@Nullable String place, Instant at) {
        if (place == null) {
            stays();
        } else {
            arrive(place, at);
        }
    }

    /** One that does not move could not be had for a while, and is held again. */
    private void stays() {
        if (edit.whereabouts.retryAt() != null) {
            edit.whereabouts = edit.whereabouts.reached();
            edit.checkpoints = edit.checkpoints.toTryAgain();
        }
    }

    private void arrive(String place, Instant at) {
        if (edit.whereabouts.movesTo(place)) {
            move(at);
        } else if (!waits) {
            edit.whereabouts = edit.whereabouts.reached();
        }
        edit.whereabouts = edit.whereabouts.at(place);
    }

    private void move(Instant at) {
        int lost = edit.whereabouts.unpublished();
        edit.checkpoints = edit.checkpoints.moved();
        edit.whereabouts = edit.whereabouts.published();
        if (edit.checkpoints.last() == null) {
            return;
        }
        int number = edit.checkpoints.last().number();
        step.event((run, seq) -> new StateEvent.WorkspaceMoved(run, seq, at, number, lost));
        if (lost > 0 && !halfDone) {
            lose(lost, number);
        }
    }

    /** An iteration that is recorded is not repeated by itself. A claim is about edits: without them there is nothing to verify, and nothing completed. */
    private void lose(int iteration, int checkpoint) {
        if (edit.phase instanceof Phase.Verifying) {
            edit.phase = new Phase.Idle();
        }
        if (edit.ending != null && edit.ending.reason() == StopReason.COMPLETED) {
            edit.ending = null;
        }
        edit.inbox = edit.inbox.withMoreFeedback("The edits of iteration " + iteration
                + " were lost together with the machine they were made on. The workspace is as it was at checkpoint "
                + checkpoint + ", before that iteration. Do what it did again.");
    }
}
