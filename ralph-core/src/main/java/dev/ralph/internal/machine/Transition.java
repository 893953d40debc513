/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.AttemptRecord;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.RecordChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an outcome changes: the next state, and what is committed with it.
 *
 * @param state the state after it
 * @param records rows to write
 * @param events events to append, numbered
 * @param budgets changes of shared budgets, by name
 */
public record Transition(
        LoopState state, List<RecordChange> records, List<StateEvent> events, List<BudgetChange> budgets) {

    public Transition {
        records = List.copyOf(records);
        events = List.copyOf(events);
        budgets = List.copyOf(budgets);
    }

    /** A state with nothing to commit. */
    public static Transition none(LoopState state) {
        return new Transition(state, List.of(), List.of(), List.of());
    }

    /** This transition and the one that follows it, committed as one. */
    public Transition then(Transition next) {
        return new Transition(
                next.state, concat(records, next.records), concat(events, next.events), concat(budgets, next.budgets));
    }

    /** The attempt this settles, if it does: at most one is in flight. */
    public Optional<AttemptRecord> settled() {
        return records.stream()
                .filter(RecordChange.SettleAttempt.class::isInstance)
                .map(change -> ((RecordChange.SettleAttempt) change).attempt())
                .findFirst();
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
