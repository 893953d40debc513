/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Verification;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Events in words, one line each, free of anything a terminal would obey. */
public final class EventText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private EventText() {}

    /** When, and what. */
    public static String timed(RunEvent event) {
        return TIME.format(event.at()) + "  " + of(event);
    }

    /** When, to which run, and what. */
    public static String ofRun(RunEvent event) {
        return TIME.format(event.at()) + "  " + event.run() + "  " + of(event);
    }

    /** What happened. */
    public static String of(RunEvent event) {
        return SafeText.line(event instanceof StateEvent state ? state(state) : activity((ActivityEvent) event));
    }

    private static String state(StateEvent event) {
        if (event instanceof StateEvent.RunSubmitted) {
            return "submitted";
        }
        if (event instanceof StateEvent.RunTakenUp e) {
            return (e.takeover() ? "taken over from a process that died, by " : "taken up by ") + e.node();
        }
        if (event instanceof StateEvent.AttemptStarted e) {
            return "iteration " + e.iteration() + ": " + e.agent() + " started"
                    + (e.attempt() > 1 ? " (attempt " + e.attempt() + ")" : "");
        }
        if (event instanceof StateEvent.AttemptSettled e) {
            return settled(e);
        }
        if (event instanceof StateEvent.IterationRecorded e) {
            return "iteration " + e.iteration() + " recorded: "
                    + (e.workspaceChanged() ? "workspace changed" : "workspace unchanged")
                    + (e.claimed() ? ", claims to be done" : "")
                    + (e.outputCut() ? ", some of its output was too much to keep" : "");
        }
        if (event instanceof StateEvent.GateChecked e) {
            return "gate '" + e.gate() + "' " + (e.passed() ? "PASSED" : "REJECTED") + " in " + Figures.time(e.took());
        }
        if (event instanceof StateEvent.ClaimRejected e) {
            return "the claim of iteration " + e.iteration() + " is rejected; the agent is told why";
        }
        if (event instanceof StateEvent.CheckpointMade e) {
            return "checkpoint " + e.number() + ": " + shortened(e.commit())
                    + (e.leftOutCount() == 0
                            ? ""
                            : "; not in it: " + e.leftOutCount() + " files, such as "
                                    + e.leftOut().stream().findFirst().orElse(""));
        }
        if (event instanceof StateEvent.CheckpointFailed e) {
            return "no checkpoint after iteration " + e.iteration() + ": " + e.message();
        }
        if (event instanceof StateEvent.WorkspaceRestored e) {
            return "workspace restored to checkpoint " + e.number();
        }
        if (event instanceof StateEvent.WorkspaceMoved e) {
            return "goes on in another copy of the workspace, from checkpoint " + e.checkpoint()
                    + (e.lostIteration() == 0
                            ? ""
                            : "; the edits of iteration " + e.lostIteration() + " were not published and are lost");
        }
        if (event instanceof StateEvent.RunEnded e) {
            return ended(e);
        }
        return standing(event);
    }

    private static String standing(StateEvent event) {
        if (event instanceof StateEvent.RunWaiting e) {
            return "waits until " + TIME.format(e.until()) + ": " + e.why();
        }
        if (event instanceof StateEvent.RunPaused) {
            return "paused";
        }
        if (event instanceof StateEvent.RunResumed) {
            return "resumed";
        }
        if (event instanceof StateEvent.GuidanceReceived e) {
            return "guidance of " + e.characters() + " characters arrived";
        }
        if (event instanceof StateEvent.RunHandedBack) {
            return "handed back";
        }
        if (event instanceof StateEvent.RunRetried) {
            return "goes on after it was given up";
        }
        throw new IllegalArgumentException("no words for " + event.getClass().getSimpleName());
    }

    private static String activity(ActivityEvent event) {
        if (event instanceof ActivityEvent.TextWritten e) {
            return e.text();
        }
        if (event instanceof ActivityEvent.ToolCalled e) {
            return e.tool() + " " + e.summary();
        }
        if (event instanceof ActivityEvent.ToolReturned e) {
            return e.tool() + (e.ok() ? " returned " : " failed ") + e.summary();
        }
        if (event instanceof ActivityEvent.UsageReported e) {
            return (e.usage() == null ? "" : Figures.count(e.usage().total()) + " tokens, ") + Figures.cost(e.cost());
        }
        if (event instanceof ActivityEvent.GateStarted e) {
            return "gate '" + e.gate() + "' is running";
        }
        throw new IllegalArgumentException("no words for " + event.getClass().getSimpleName());
    }

    private static String settled(StateEvent.AttemptSettled e) {
        String used =
                (e.usage() == null ? "tokens unknown" : Figures.count(e.usage().total()) + " tokens") + ", "
                        + Figures.cost(e.cost());
        String status = e.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "iteration " + e.iteration() + ": " + e.agent() + " " + status
                + (e.failure() == null
                        ? ""
                        : " (" + e.failure() + (e.message() == null ? "" : ": " + e.message()) + ")")
                + "; " + used;
    }

    private static String ended(StateEvent.RunEnded e) {
        return "ended: " + e.reason()
                + (e.verification() == Verification.NONE ? "" : ", " + e.verification())
                + (e.detail() == null ? "" : ": " + e.detail());
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(12, commit.length()));
    }
}
