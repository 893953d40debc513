/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RunId;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;

/** Collects what one transition writes, and numbers its events. */
final class StepRecorder {

    /** Makes an event once its number is known. */
    @FunctionalInterface
    interface NumberedEvent {
        StateEvent with(RunId run, long seq);
    }

    private final RunId run;
    private final StateEdit edit;
    private final List<RecordChange> records = new ArrayList<>();
    private final List<StateEvent> events = new ArrayList<>();
    private final List<BudgetChange> budgets = new ArrayList<>();

    StepRecorder(RunId run, StateEdit edit) {
        this.run = run;
        this.edit = edit;
    }

    void event(NumberedEvent event) {
        edit.lastEvent++;
        events.add(event.with(run, edit.lastEvent));
    }

    void record(RecordChange change) {
        records.add(change);
    }

    void budget(BudgetChange change) {
        budgets.add(change);
    }

    Transition done() {
        return new Transition(edit.done(), records, events, budgets);
    }
}
