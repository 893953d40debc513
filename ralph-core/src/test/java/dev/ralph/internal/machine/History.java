/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RunSpec;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.RecordChange;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to a run, from its submission to its end.
 *
 * @param spec what it was asked to do
 * @param steps what was decided and what came of it, in order
 */
record History(RunSpec spec, List<Step> steps) {

    /**
     * One application of the machine.
     *
     * @param before the state before
     * @param now when it was decided
     * @param decision what was decided, or null if the outcome answers no decision
     * @param outcome what came of it
     * @param transition what the machine made of it
     */
    record Step(LoopState before, Instant now, @Nullable Decision decision, Outcome outcome, Transition transition) {

        LoopState after() {
            return transition.state();
        }
    }

    History {
        steps = List.copyOf(steps);
    }

    LoopState end() {
        return steps.get(steps.size() - 1).after();
    }

    Ending ending() {
        return Objects.requireNonNull(end().ending(), "every history ends");
    }

    Stream<StateEvent> events() {
        return steps.stream().flatMap(step -> step.transition().events().stream());
    }

    Stream<BudgetChange> budgetChanges() {
        return steps.stream().flatMap(step -> step.transition().budgets().stream());
    }

    <R extends RecordChange> Stream<R> records(Class<R> kind) {
        return steps.stream()
                .flatMap(step -> step.transition().records().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The spec and the outcomes, for a failure to be read. */
    String story() {
        return spec + "\n" + steps.stream().map(step -> "  " + step.outcome()).collect(Collectors.joining("\n"));
    }
}
