/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.AttemptStatus;
import dev.ralph.event.StateEvent;
import dev.ralph.log.LogText;

/**
 * What the log is told of an event. Never what an agent, a gate or git printed: messages of failures and reasons for waits
 * quote that. They are in the run's records.
 */
final class StepText {

    private StepText() {}

    static String of(StateEvent event) {
        if (event instanceof StateEvent.AttemptStarted started) {
            return "STARTED iteration " + started.iteration() + " attempt " + started.attempt() + " on "
                    + LogText.line(started.agent());
        } else if (event instanceof StateEvent.AttemptSettled settled) {
            return settled(settled);
        } else if (event instanceof StateEvent.IterationRecorded recorded) {
            return recorded(recorded);
        } else if (event instanceof StateEvent.GateChecked checked) {
            return "VERIFIED iteration " + checked.iteration() + ": gate '" + LogText.line(checked.gate()) + "' "
                    + (checked.passed() ? "passed" : "rejected it") + " after "
                    + checked.took().toMillis() + " ms";
        } else if (event instanceof StateEvent.ClaimRejected rejected) {
            return "the claim of iteration " + rejected.iteration() + " is rejected";
        } else if (event instanceof StateEvent.CheckpointMade made) {
            return "CHECKPOINTED iteration " + made.iteration() + " as number " + made.number() + ", " + made.commit()
                    + (made.leftOutCount() == 0 ? "" : ", " + made.leftOutCount() + " left out");
        } else if (event instanceof StateEvent.CheckpointFailed failed) {
            return "no checkpoint of iteration " + failed.iteration();
        }
        return ofTheRun(event);
    }

    private static String ofTheRun(StateEvent event) {
        if (event instanceof StateEvent.RunSubmitted) {
            return "submitted";
        } else if (event instanceof StateEvent.RunTakenUp taken) {
            return "taken up by " + LogText.line(taken.node())
                    + (taken.takeover() ? ", since the node that had it died" : "");
        } else if (event instanceof StateEvent.WorkspaceRestored restored) {
            return "workspace as of checkpoint " + restored.number();
        } else if (event instanceof StateEvent.WorkspaceMoved moved) {
            return "goes on elsewhere as of checkpoint " + moved.checkpoint();
        } else if (event instanceof StateEvent.RunWaiting waiting) {
            return "waits until " + waiting.until();
        } else if (event instanceof StateEvent.RunPaused) {
            return "waits until it is resumed";
        } else if (event instanceof StateEvent.RunResumed) {
            return "resumed";
        } else if (event instanceof StateEvent.GuidanceReceived guidance) {
            return "guidance of " + guidance.characters() + " characters";
        } else if (event instanceof StateEvent.RunHandedBack) {
            return "handed back";
        } else if (event instanceof StateEvent.RunRetried) {
            return "queued again after its end";
        } else if (event instanceof StateEvent.RunEnded ended) {
            return "ended, " + ended.reason() + " " + ended.verification();
        }
        return event.getClass().getSimpleName();
    }

    private static String settled(StateEvent.AttemptSettled settled) {
        String status = settled.status() == AttemptStatus.FAILED && settled.failure() != null
                ? settled.status() + " " + settled.failure()
                : settled.status().toString();
        return "SETTLED iteration " + settled.iteration() + " attempt " + settled.attempt() + " on "
                + LogText.line(settled.agent()) + ": " + status + ", "
                + (settled.usage() == null ? "unknown tokens" : settled.usage().total() + " tokens")
                + ", " + settled.cost().amount().toPlainString() + " USD "
                + settled.cost().kind();
    }

    private static String recorded(StateEvent.IterationRecorded recorded) {
        return "iteration " + recorded.iteration() + " recorded"
                + (recorded.claimed() ? ", which claims completion" : "")
                + (recorded.workspaceChanged() ? "" : ", without a change")
                + (recorded.outputCut() ? ", output cut" : "");
    }
}
