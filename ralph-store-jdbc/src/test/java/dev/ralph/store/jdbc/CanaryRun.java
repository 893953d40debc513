/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.Verification;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run with a canary in everything that is content, and its subject's name in everything that is searched by. */
final class CanaryRun {

    static final String ADDRESS = "203.0.113.77";

    private final Store store;
    private final TestRun run;
    private final String canary;

    private CanaryRun(Store store, TestRun run, String canary) {
        this.store = store;
        this.run = run;
        this.canary = canary;
    }

    /** One that goes on: it has an iteration, and a node holds it. */
    static CanaryRun begin(Store store, @Nullable String subject, String canary) {
        NewRun submitted = submission(subject, canary);
        Instant at = submitted.createdAt();
        CanaryRun run = new CanaryRun(store, TestRun.begin(store, submitted), canary);
        run.guide();
        run.work(at);
        return run;
    }

    static NewRun submission(@Nullable String subject, String canary) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RunId id = RunId.create(at);
        return new NewRun(
                        id,
                        "task of " + subject + " " + id,
                        "tenant-1",
                        subject,
                        subject == null ? Map.of() : Map.of("for", subject),
                        List.of("agent-a"),
                        TestRun.payload("spec " + canary),
                        TestRun.payload("first state " + canary),
                        new StoredEvent(1, "test.event", at, TestRun.payload("event 1 " + canary)),
                        at,
                        Duration.ZERO)
                .withAudit(told(id, at, subject == null ? "host" : subject, canary));
    }

    static RunId ended(Store store, @Nullable String subject, String canary) {
        CanaryRun run = begin(store, subject, canary);
        run.end(StopReason.CONSECUTIVE_FAILURES);
        return run.id();
    }

    RunId id() {
        return run.id();
    }

    void guide() {
        store.append(id(), UUID.randomUUID(), new Command.Guide("guidance " + canary));
    }

    void end(StopReason reason) {
        commit(List.of(), reason);
    }

    /** All that reading it shows of its content. */
    static List<String> content(Store store, RunId id) {
        List<String> found = new ArrayList<>();
        StoredRun stored = store.find(id).orElseThrow();
        found.add(text(stored.spec().bytes()));
        found.add(text(stored.state().bytes()));
        found.add(String.valueOf(stored.snapshot().detail()));
        store.events(id, 0, 100).forEach(event -> found.add(text(event.payload().bytes())));
        store.commands(id, 0).forEach(command -> found.add(((Command.Guide) command.command()).text()));
        store.iterations(id, 0, 100).forEach(iteration -> found.add(iteration.outputPreview()));
        store.attempts(id, 1).forEach(attempt -> found.add(String.valueOf(attempt.message())));
        store.gates(id).forEach(gate -> {
            found.add(gate.gate());
            found.add(gate.feedback());
        });
        return found;
    }

    /** As {@link #content} shows it of one that has ended. */
    static void requireWhole(Store store, RunId id, String canary) {
        assertThat(content(store, id)).hasSize(12).allMatch(text -> text.contains(canary));
    }

    private void work(Instant at) {
        AttemptRecord failed = new AttemptRecord(
                1,
                1,
                "agent-a",
                AttemptStatus.FAILED,
                at,
                at.plusSeconds(1),
                FailureClass.AGENT_ERROR,
                "message " + canary,
                TestRun.reserved(),
                new Usage(10, 20, 30, 40),
                Cost.billed(new BigDecimal("0.25")),
                null);
        commit(List.of(new RecordChange.StartAttempt(run.inFlight(1))), null);
        commit(
                List.of(
                        new RecordChange.SettleAttempt(failed),
                        new RecordChange.AddIteration(new IterationRecord(
                                1,
                                1,
                                "agent-a",
                                AttemptStatus.FAILED,
                                false,
                                true,
                                false,
                                at,
                                at.plusSeconds(1),
                                "preview " + canary)),
                        new RecordChange.AddGate(new GateRecord(
                                1, "gate " + canary, false, "feedback " + canary, Duration.ofMillis(5), null)),
                        new RecordChange.AddCheckpoint(
                                new CheckpointRecord(1, 1, "refs/ralph/x/1/1", "0".repeat(40), at))),
                null);
    }

    private void commit(List<RecordChange> records, @Nullable StopReason reason) {
        StoredRun row = run.row();
        Step plain = run.step(records, List.of(), reason);
        Instant at = plain.run().at();
        long seq = row.lastEvent() + 1;
        Step step = new Step(
                plain.expectedVersion(),
                TestRun.payload("state " + canary),
                new RunUpdate(
                        plain.run().status(),
                        reason,
                        Verification.NONE,
                        "detail " + canary,
                        RunProgress.NONE,
                        at,
                        at,
                        reason == null ? null : at,
                        null),
                records,
                List.of(new StoredEvent(seq, "test.event", at, TestRun.payload("event " + seq + " " + canary))),
                row.commandsThrough(),
                List.of(),
                reason != null);
        assertThat(store.commit(run.lease(), step)).isInstanceOf(StepResult.Committed.class);
    }

    private static AuditEntry told(RunId id, Instant at, String principal, String canary) {
        return new AuditEntry(
                UUID.randomUUID(),
                at,
                principal,
                ADDRESS,
                "run.submit",
                "run/" + id,
                id,
                "tenant-1",
                AuditEntry.ACCEPTED,
                "node-1",
                Map.of("note", "detail " + canary));
    }

    private static String text(byte[] bytes) {
        return StorableText.text(bytes);
    }
}
