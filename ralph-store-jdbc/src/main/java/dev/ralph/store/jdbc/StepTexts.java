/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptRecord;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.OutputRecord;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import org.jspecify.annotations.Nullable;

/** Refuses a step with a text the database cannot hold before anything of it is written. */
final class StepTexts implements RecordChange.Writer {

    private StepTexts() {}

    static void require(Step step) {
        StepTexts texts = new StepTexts();
        StorableText.require("detail", step.run().detail());
        step.records().forEach(change -> change.writeTo(texts));
        step.events().forEach(event -> StorableText.requireKey("event.type", event.type()));
        step.budgets().forEach(change -> StorableText.requireKey("budget", change.budget()));
    }

    @Override
    public void startAttempt(AttemptRecord attempt) {
        settleAttempt(attempt);
    }

    @Override
    public void settleAttempt(AttemptRecord attempt) {
        StorableText.requireKey("attempt.agent", attempt.agent());
        StorableText.require("attempt.message", attempt.message());
        requireReference(attempt.output());
    }

    @Override
    public void addIteration(IterationRecord iteration) {
        StorableText.requireKey("iteration.agent", iteration.agent());
        StorableText.require("iteration.outputPreview", iteration.outputPreview());
    }

    @Override
    public void addGate(GateRecord gate) {
        StorableText.require("gate.gate", gate.gate());
        StorableText.require("gate.feedback", gate.feedback());
        requireReference(gate.output());
    }

    @Override
    public void addCheckpoint(CheckpointRecord checkpoint) {
        StorableText.require("checkpoint.ref", checkpoint.ref());
        StorableText.require("checkpoint.commit", checkpoint.commit());
    }

    private static void requireReference(@Nullable OutputRecord output) {
        StorableText.require("output.reference", output == null ? null : output.reference());
    }
}
