/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Reservation;
import dev.ralph.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link LoopState} being changed within one call of the machine. */
final class StateEdit {

    RunStatus status;
    Phase phase;
    int recorded;

    @Nullable OpenIteration open;

    Totals totals;
    RunClock clock;
    Streaks streaks;
    List<AgentState> agents;
    NoProgress progress;
    Inbox inbox;
    Checkpoints checkpoints;
    Whereabouts whereabouts;

    @Nullable WaitState waiting;

    @Nullable Reservation reservationCap;

    @Nullable Ending ending;

    long lastEvent;

    @Nullable Instant startedAt;

    @Nullable Instant endedAt;

    private final Map<String, String> extras;

    StateEdit(LoopState from) {
        status = from.status();
        phase = from.phase();
        recorded = from.recorded();
        open = from.open();
        totals = from.totals();
        clock = from.clock();
        streaks = from.streaks();
        agents = from.agents();
        progress = from.progress();
        inbox = from.inbox();
        checkpoints = from.checkpoints();
        whereabouts = from.whereabouts();
        waiting = from.waiting();
        reservationCap = from.reservationCap();
        ending = from.ending();
        lastEvent = from.lastEvent();
        startedAt = from.startedAt();
        endedAt = from.endedAt();
        extras = from.extras();
    }

    void agent(String id, UnaryOperator<AgentState> change) {
        agents = agents.stream()
                .map(agent -> agent.id().equals(id) ? change.apply(agent) : agent)
                .toList();
    }

    LoopState done() {
        return new LoopState(
                status,
                phase,
                recorded,
                open,
                totals,
                clock,
                streaks,
                agents,
                progress,
                inbox,
                checkpoints,
                whereabouts,
                waiting,
                reservationCap,
                ending,
                lastEvent,
                startedAt,
                endedAt,
                extras);
    }
}
