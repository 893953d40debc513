/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.AgentRef;
import dev.ralph.Reservation;
import dev.ralph.RunProgress;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything needed to go on with a run, and exactly what the store keeps.
 *
 * @param status where the run stands
 * @param phase what is in flight
 * @param recorded iterations recorded
 * @param open the iteration begun and not recorded, or null
 * @param totals what was used
 * @param clock the runtime
 * @param streaks failures and the like in a row
 * @param agents the agents in order of preference
 * @param progress how long the run has been getting nowhere
 * @param inbox what it was told
 * @param checkpoints where its checkpoints stand
 * @param whereabouts where the workspace stands, if it may move between nodes
 * @param waiting a wait that was decided, or null
 * @param reservationCap the most the shared budgets had room for when they refused the attempt to come, or null
 * @param ending how it ends, once decided, or null
 * @param lastEvent number of the last event
 * @param startedAt when it was first taken up, or null
 * @param endedAt when it ended, or null
 * @param extras fields a newer version wrote and this one does not know, by name, as JSON
 */
public record LoopState(
        RunStatus status,
        Phase phase,
        int recorded,
        @Nullable OpenIteration open,
        Totals totals,
        RunClock clock,
        Streaks streaks,
        List<AgentState> agents,
        NoProgress progress,
        Inbox inbox,
        Checkpoints checkpoints,
        Whereabouts whereabouts,
        @Nullable WaitState waiting,
        @Nullable Reservation reservationCap,
        @Nullable Ending ending,
        long lastEvent,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Map<String, String> extras) {

    public LoopState {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(totals, "totals");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(streaks, "streaks");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(inbox, "inbox");
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(whereabouts, "whereabouts");
        agents = List.copyOf(agents);
        extras = Map.copyOf(extras);
    }

    /** The state of a run that was just submitted; its first event says so. */
    public static LoopState submitted(RunSpec spec) {
        return new LoopState(
                RunStatus.QUEUED,
                new Phase.Idle(),
                0,
                null,
                Totals.ZERO,
                RunClock.ZERO,
                Streaks.NONE,
                spec.agents().stream().map(AgentRef::id).map(AgentState::fresh).toList(),
                NoProgress.NONE,
                Inbox.EMPTY,
                Checkpoints.NONE,
                Whereabouts.NOWHERE,
                null,
                null,
                null,
                1,
                null,
                null,
                Map.of());
    }

    /** How far the run is, as listings show it. */
    public RunProgress shownProgress() {
        return new RunProgress(
                recorded,
                totals.attempts(),
                totals.unreported(),
                totals.usage(),
                totals.unknownTokens(),
                totals.spend(),
                clock.elapsed(),
                clock.since());
    }

    /**
     * Whether something that is recorded, or the state before the first attempt, is in no place but this one. Half-done edits
     * of an open iteration are nobody's business until it is recorded.
     */
    boolean unpublished() {
        return whereabouts.moves() && (checkpoints.last() == null || (open == null && checkpoints.behind()));
    }

    /** Whether an iteration is half done, in a place that can be reached and no other, because its agent turned it away. */
    boolean halfDone() {
        return whereabouts.moves()
                && whereabouts.retryAt() == null
                && open != null
                && whereabouts.unpublished() == open.number();
    }

    StateEdit edit() {
        return new StateEdit(this);
    }
}
