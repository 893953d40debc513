/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.spi.RecordChange;
import org.jspecify.annotations.Nullable;

/** Which texts of records are content, and what each is called: puts them into another form, sealed or clear. */
final class RecordTexts {

    private final Form form;

    RecordTexts(Form form) {
        this.form = form;
    }

    /** Changes a text. */
    @FunctionalInterface
    interface Form {
        /**
         * The other form.
         *
         * @param name table, column and key within the run
         */
        String of(String name, String text);
    }

    RecordChange change(RecordChange change) {
        if (change instanceof RecordChange.StartAttempt start) {
            return new RecordChange.StartAttempt(attempt(start.attempt()));
        } else if (change instanceof RecordChange.SettleAttempt settle) {
            return new RecordChange.SettleAttempt(attempt(settle.attempt()));
        } else if (change instanceof RecordChange.AddIteration add) {
            return new RecordChange.AddIteration(iteration(add.iteration()));
        } else if (change instanceof RecordChange.AddGate add) {
            return new RecordChange.AddGate(gate(add.gate()));
        }
        return change;
    }

    IterationRecord iteration(IterationRecord record) {
        return new IterationRecord(
                record.iteration(),
                record.attempts(),
                record.agent(),
                record.status(),
                record.claimed(),
                record.workspaceChanged(),
                record.outputCut(),
                record.startedAt(),
                record.endedAt(),
                form.of(preview(record.iteration()), record.outputPreview()));
    }

    AttemptRecord attempt(AttemptRecord record) {
        return new AttemptRecord(
                record.iteration(),
                record.attempt(),
                record.agent(),
                record.status(),
                record.startedAt(),
                record.endedAt(),
                record.failure(),
                orNull(message(record.iteration(), record.attempt()), record.message()),
                record.reserved(),
                record.usage(),
                record.cost(),
                record.output());
    }

    GateRecord gate(GateRecord record) {
        return new GateRecord(
                record.iteration(),
                form.of(gateName(record.iteration()), record.gate()),
                record.passed(),
                form.of(feedback(record.iteration(), record.passed()), record.feedback()),
                record.took(),
                record.output());
    }

    static String preview(int iteration) {
        return "iterations.output_preview " + iteration;
    }

    static String message(int iteration, int attempt) {
        return "attempts.message " + iteration + " " + attempt;
    }

    static String gateName(int iteration) {
        return "gates.gate " + iteration;
    }

    static String feedback(int iteration, boolean passed) {
        return "gates.feedback " + iteration + (passed ? " passed" : " failed");
    }

    private @Nullable String orNull(String name, @Nullable String text) {
        return text == null ? null : form.of(name, text);
    }
}
