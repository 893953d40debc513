/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.AttemptStatus;
import dev.ralph.OnInterrupted;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What it means for a run that a node takes it up, whether another one died over it or not. */
final class TakeUp {

    private final RunSpec spec;
    private final StateEdit edit;
    private final StepRecorder step;
    private final AttemptSettlement settlement;
    private final Arrival arrival;

    TakeUp(RunSpec spec, StateEdit edit, StepRecorder step, AttemptSettlement settlement, Arrival arrival) {
        this.spec = spec;
        this.edit = edit;
        this.step = step;
        this.settlement = settlement;
        this.arrival = arrival;
    }

    void by(Outcome.TakenUp outcome) {
        Instant at = outcome.at();
        int deaths = edit.status == RunStatus.RUNNING ? Math.max(1, outcome.lapses()) : outcome.lapses();
        boolean takeover = deaths > 0;
        edit.clock = edit.clock.stop(countedUntil(outcome)).start(at);
        edit.streaks = edit.streaks.takenOver(deaths);
        edit.startedAt = edit.startedAt == null ? at : edit.startedAt;
        edit.checkpoints = edit.checkpoints.possible(outcome.canCheckpoint());
        if (edit.status == RunStatus.PAUSED && spec.onInterrupted() == OnInterrupted.ROLLBACK) {
            edit.checkpoints = edit.checkpoints.edited(spec.checkpoints().every());
        }
        step.event((run, seq) -> new StateEvent.RunTakenUp(run, seq, at, outcome.node(), takeover));
        if (edit.phase instanceof Phase.Attempting) {
            settlement.settle(at, AttemptStatus.ABANDONED, null, "its node died", outcome.reported(), null);
            settlement.leaveHalfDone(edit.checkpoints.covers(edit.recorded));
        }
        if (outcome.place() != null || outcome.canCheckpoint()) {
            arrival.at(outcome.place(), at);
        }
        if (spec.agents().isEmpty()) {
            edit.agents = ready(outcome.auto());
        }
        if (edit.ending == null) {
            edit.ending = hopeless(outcome);
        }
        edit.status = RunStatus.RUNNING;
    }

    /**
     * Time counts while a node may have worked and while the run had to wait, not while it waits for a node. What was shown
     * stays counted: a short wait may be over before it is written.
     */
    private Instant countedUntil(Outcome.TakenUp outcome) {
        Instant end = outcome.lapsed();
        if (edit.status == RunStatus.WAITING && edit.waiting != null) {
            end = edit.waiting.until();
        }
        Instant shown = outcome.lastStep();
        if (end != null && shown != null && shown.isAfter(end)) {
            end = shown;
        }
        return end != null && end.isBefore(outcome.at()) ? end : outcome.at();
    }

    private @Nullable Ending hopeless(Outcome.TakenUp outcome) {
        int takeovers = edit.streaks.takeovers();
        if (takeovers >= spec.retry().maxTakeovers()) {
            return Ending.of(
                    StopReason.DEAD_LETTERED,
                    "its node died " + takeovers + " times in a row while working on it; retry goes on with it");
        }
        boolean needsNone = edit.phase instanceof Phase.Verifying || edit.inbox.cancel() || edit.inbox.pause();
        boolean noneReady = spec.agents().isEmpty() && outcome.auto().isEmpty();
        return noneReady && !needsNone ? Ending.of(StopReason.AGENT_UNAVAILABLE, outcome.unready()) : null;
    }

    /** Those that are ready, then those ruled out that are not: what was learnt of them must outlive a probe that failed. */
    private List<AgentState> ready(List<String> ids) {
        return Stream.concat(
                        ids.stream().map(this::known),
                        edit.agents.stream().filter(agent -> agent.ruledOut() != null && !ids.contains(agent.id())))
                .toList();
    }

    private AgentState known(String id) {
        return edit.agents.stream()
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .orElseGet(() -> AgentState.fresh(id));
    }
}
