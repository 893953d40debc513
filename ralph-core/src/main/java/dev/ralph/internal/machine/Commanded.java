/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RunStatus;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import java.time.Instant;

/** What a command means for a run. */
final class Commanded {

    private final StateEdit edit;
    private final StepRecorder step;

    Commanded(StateEdit edit, StepRecorder step) {
        this.edit = edit;
        this.step = step;
    }

    void take(Command command, Instant at) {
        if (command instanceof Command.Cancel) {
            edit.inbox = edit.inbox.cancelled();
        } else if (command instanceof Command.Pause) {
            edit.inbox = edit.inbox.paused(true);
        } else if (command instanceof Command.Resume) {
            if (edit.inbox.pause()) {
                step.event((run, seq) -> new StateEvent.RunResumed(run, seq, at));
            }
            edit.inbox = edit.inbox.paused(false);
        } else if (command instanceof Command.Retry) {
            retried(at);
        } else if (command instanceof Command.Guide guide) {
            edit.inbox = edit.inbox.guided(guide.text());
            edit.progress = NoProgress.NONE;
            step.event((run, seq) ->
                    new StateEvent.GuidanceReceived(run, seq, at, guide.text().length()));
        }
    }

    private void retried(Instant at) {
        if (edit.phase instanceof Phase.Ended ended) {
            edit.phase = ended.before() == null ? new Phase.Idle() : ended.before();
            edit.status = RunStatus.QUEUED;
            edit.ending = null;
            edit.endedAt = null;
            edit.streaks = edit.streaks.retried();
            step.event((run, seq) -> new StateEvent.RunRetried(run, seq, at));
        }
    }
}
