/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.store.jdbc.fault.Boundary.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How a node dies.
 *
 * @param at where, or null while an agent works
 * @param cause what is done to make it come there
 */
record Death(@Nullable Boundary at, Cause cause) {

    enum Cause {
        /** Nothing: it comes there by itself. */
        WORK,
        AGENT_HELD,
        AGENT_TURNED_AWAY,
        AGENT_FAILS,
        GATE_PASSES,
        PAUSE,
        RESUME,
        GUIDE,
        CANCEL,
        /** It is to close once its agent has come to its end. */
        DRAIN,
        /** It is to close at once, and cuts its agent off. */
        CUT_OFF
    }

    /**
     * What a run's nodes die of, one after the other: before and after each transaction of ADR 4, once each, and twice
     * while an agent works. A run begins with its creation and ends with its end; what needs no order comes in any.
     *
     * @param cancelled whether the run is ended by its cancellation; only then one can be accepted
     * @param rollback whether half-done edits are undone; only then there is something to restore
     * @param before what "before" is: nothing was sent, or all but the commit
     */
    static List<Death> ofRun(boolean cancelled, boolean rollback, Moment before, Random random) {
        Sequence at = new Sequence(before);
        List<List<Death>> parts = new ArrayList<>();
        parts.add(List.of(new Death(null, Cause.AGENT_HELD)));
        parts.add(List.of(new Death(null, Cause.AGENT_HELD)));
        for (StepKind step : List.of(
                StepKind.CLAIMED,
                StepKind.RENEWED,
                StepKind.TAKEN_UP,
                StepKind.USAGE_NOTED,
                StepKind.SETTLED,
                StepKind.VERIFIED,
                StepKind.CHECKPOINTED)) {
            parts.add(List.of(at.before(step, Cause.WORK)));
            parts.add(List.of(at.after(step, Cause.WORK)));
        }
        parts.add(List.of(at.before(StepKind.STARTED, Cause.WORK)));
        List<Death> started = new ArrayList<>(List.of(at.after(StepKind.STARTED, Cause.WORK)));
        if (rollback) {
            started.addAll(at.around(StepKind.RESTORED, Cause.WORK));
        }
        parts.add(started);
        parts.add(at.around(StepKind.GUIDE_ACCEPTED, Cause.GUIDE));
        parts.add(List.of(at.before(StepKind.WAITING, Cause.AGENT_TURNED_AWAY)));
        parts.add(List.of(at.after(StepKind.WAITING, Cause.AGENT_FAILS)));
        parts.add(List.of(at.before(StepKind.HANDED_BACK, Cause.CUT_OFF)));
        parts.add(List.of(at.after(StepKind.HANDED_BACK, Cause.DRAIN)));
        parts.add(List.of(at.before(StepKind.CANCEL_ACCEPTED, Cause.CANCEL)));
        parts.add(at.pause());
        Collections.shuffle(parts, random);
        List<Death> deaths = new ArrayList<>(at.around(StepKind.CREATED, Cause.WORK));
        parts.forEach(deaths::addAll);
        hearGuidance(deaths);
        if (cancelled) {
            deaths.add(at.after(StepKind.CANCEL_ACCEPTED, Cause.CANCEL));
        }
        deaths.add(at.before(StepKind.ENDED, cancelled ? Cause.WORK : Cause.GATE_PASSES));
        deaths.add(at.after(StepKind.ENDED, Cause.WORK));
        return deaths;
    }

    /** An iteration is settled after the guidance was accepted, so that its agent must have heard it. */
    private static void hearGuidance(List<Death> deaths) {
        int guided = deaths.indexOf(new Death(Boundary.after(StepKind.GUIDE_ACCEPTED), Cause.GUIDE));
        int settled = deaths.indexOf(new Death(Boundary.after(StepKind.SETTLED), Cause.WORK));
        if (settled < guided) {
            Death moved = deaths.remove(settled);
            deaths.add(guided, moved);
        }
    }

    private record Sequence(Moment beforehand) {

        Death before(StepKind step, Cause cause) {
            return new Death(new Boundary(step, beforehand), cause);
        }

        Death after(StepKind step, Cause cause) {
            return new Death(Boundary.after(step), cause);
        }

        List<Death> around(StepKind step, Cause cause) {
            return List.of(before(step, cause), after(step, cause));
        }

        /** A node that finds a paused run claims it, sees that it has nothing to do, and releases it. */
        List<Death> pause() {
            List<Death> pause = new ArrayList<>(around(StepKind.PAUSE_ACCEPTED, Cause.PAUSE));
            pause.addAll(around(StepKind.COMMANDS, Cause.WORK));
            pause.addAll(around(StepKind.PAUSED, Cause.WORK));
            pause.addAll(around(StepKind.RELEASED, Cause.WORK));
            pause.addAll(around(StepKind.RESUME_ACCEPTED, Cause.RESUME));
            return pause;
        }
    }
}
