/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Reservation;
import dev.ralph.RunProgress;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step in the making: what a test does not set follows from the row as it was when the draft was begun. */
final class StepDraft {

    private final OwnedRun run;
    private final List<RecordChange> records = new ArrayList<>();
    private final List<StoredEvent> events = new ArrayList<>();
    private final List<BudgetChange> budgets = new ArrayList<>();
    private final long lastEvent;
    private long expectedVersion;
    private long commandsThrough;
    private Payload state;
    private RunStatus status = RunStatus.RUNNING;
    private @Nullable StopReason reason;
    private @Nullable String detail;
    private @Nullable Instant wakeAt;
    private RunProgress progress;
    private boolean release;

    StepDraft(OwnedRun run) {
        this.run = run;
        StoredRun row = run.row();
        expectedVersion = row.snapshot().version();
        lastEvent = row.lastEvent();
        commandsThrough = row.commandsThrough();
        state = row.state();
        progress = row.snapshot().progress();
    }

    StepDraft expecting(long version) {
        expectedVersion = version;
        return this;
    }

    StepDraft state(Payload next) {
        state = next;
        return this;
    }

    StepDraft status(RunStatus next) {
        status = next;
        return this;
    }

    StepDraft waitingUntil(Instant time) {
        status = RunStatus.WAITING;
        wakeAt = time;
        return this;
    }

    StepDraft detail(String text) {
        detail = text;
        return this;
    }

    StepDraft progress(RunProgress next) {
        progress = next;
        return this;
    }

    StepDraft ending(StopReason why) {
        status = why.status();
        reason = why;
        return this;
    }

    StepDraft with(RecordChange... changes) {
        records.addAll(List.of(changes));
        return this;
    }

    /** Adds as many events as given, numbered on from the last. */
    StepDraft events(int count) {
        for (int i = 0; i < count; i++) {
            events.add(Samples.event(lastEvent + events.size() + 1));
        }
        return this;
    }

    StepDraft event(StoredEvent event) {
        events.add(event);
        return this;
    }

    StepDraft consuming(long through) {
        commandsThrough = through;
        return this;
    }

    StepDraft reserving(SpareBudget budget, long tokens, String cost) {
        budget.name().ifPresent(name -> reserving(name, tokens, cost));
        return this;
    }

    /** Frees the amount and consumes as much. */
    StepDraft settling(SpareBudget budget, long tokens, String cost) {
        budget.name().ifPresent(name -> settling(name, Samples.reservation(tokens, cost), tokens, cost));
        return this;
    }

    StepDraft reserving(String budget, long tokens, String cost) {
        budgets.add(new BudgetChange.Reserve(budget, new Reservation(tokens, new BigDecimal(cost))));
        return this;
    }

    StepDraft settling(String budget, Reservation freed, long tokens, String cost) {
        budgets.add(new BudgetChange.Settle(budget, freed, tokens, new BigDecimal(cost)));
        return this;
    }

    StepDraft releasing() {
        release = true;
        return this;
    }

    Step build() {
        Instant at = Samples.NOW.plusSeconds(expectedVersion + 1);
        RunUpdate update = new RunUpdate(
                status,
                reason,
                reason == StopReason.COMPLETED ? Verification.VERIFIED : Verification.NONE,
                detail,
                progress,
                at,
                Samples.NOW,
                reason == null ? null : at,
                wakeAt);
        return new Step(expectedVersion, state, update, records, events, commandsThrough, budgets, release);
    }

    StepResult commit() {
        return run.store().commit(run.lease(), build());
    }

    /** Commits a step that must be taken. */
    long committed() {
        StepResult result = commit();
        assertThat(result).isEqualTo(new StepResult.Committed(expectedVersion + 1));
        return expectedVersion + 1;
    }
}
