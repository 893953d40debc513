/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.IterationRecord;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.Verification;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run as a node works on it, step by step. */
final class TestRun {

    static final int STATE_VERSION = 1;

    private static final Duration TTL = Duration.ofMinutes(10);

    private final Store store;
    private final Lease lease;
    private final Instant at;

    private TestRun(Store store, Lease lease, Instant at) {
        this.store = store;
        this.lease = lease;
        this.at = at;
    }

    static NewRun submitted(Instant at) {
        return submitted(at, Map.of(), List.of("agent-a"));
    }

    static NewRun submitted(Instant at, Map<String, String> labels, List<String> agents) {
        return new NewRun(
                RunId.create(at),
                null,
                "tenant-1",
                null,
                labels,
                agents,
                payload("spec"),
                payload("state"),
                event(1, at),
                at,
                Duration.ZERO);
    }

    /** Submits a run now and claims it. */
    static TestRun begin(Store store) {
        return begin(store, submitted(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    static TestRun begin(Store store, NewRun run) {
        assertThat(store.create(run).created()).isTrue();
        return claim(store, run.id());
    }

    static TestRun claim(Store store, RunId run) {
        Claim claim = store.claim(run, "node-1", TTL, Set.of(STATE_VERSION));
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        Claim.Granted granted = (Claim.Granted) claim;
        return new TestRun(store, granted.lease(), granted.run().snapshot().createdAt());
    }

    /** As whoever holds, or held, this lease. */
    static TestRun of(Store store, Lease lease) {
        return new TestRun(
                store, lease, store.find(lease.run()).orElseThrow().snapshot().createdAt());
    }

    static Payload payload(String text) {
        return new Payload(STATE_VERSION, text.getBytes(StandardCharsets.UTF_8));
    }

    RunId id() {
        return lease.run();
    }

    Lease lease() {
        return lease;
    }

    StoredRun row() {
        return store.find(id()).orElseThrow();
    }

    /** STARTED: an attempt in flight. */
    void start(int iteration, BudgetChange... budgets) {
        commit(List.of(new RecordChange.StartAttempt(inFlight(iteration))), List.of(budgets), null);
    }

    /** SETTLED: the attempt's end, and the iteration. */
    void settle(int iteration, BudgetChange... budgets) {
        commit(settled(iteration), List.of(budgets), null);
    }

    /** The records of a SETTLED step. */
    List<RecordChange> settled(int iteration) {
        Instant end = at.plusSeconds(iteration);
        AttemptRecord attempt = new AttemptRecord(
                iteration,
                1,
                "agent-a",
                AttemptStatus.SUCCEEDED,
                at,
                end,
                null,
                null,
                reserved(),
                new Usage(10, 20, 30, 40),
                Cost.billed(new BigDecimal("0.25")),
                null);
        IterationRecord record = new IterationRecord(
                iteration, 1, "agent-a", AttemptStatus.SUCCEEDED, false, true, false, at, end, "done");
        return List.of(new RecordChange.SettleAttempt(attempt), new RecordChange.AddIteration(record));
    }

    /** ENDED, with every command consumed that was there. */
    void consumeCommands(StopReason reason) {
        StoredRun row = row();
        long last = store.commands(id(), row.commandsThrough()).stream()
                .mapToLong(StoredCommand::number)
                .max()
                .orElse(row.commandsThrough());
        Step step = step(row.snapshot().version(), row.lastEvent(), last, List.of(), List.of(), reason);
        assertThat(store.commit(lease, step)).isInstanceOf(StepResult.Committed.class);
    }

    /** ENDED. */
    void end(StopReason reason) {
        commit(List.of(), List.of(), reason);
    }

    /** The step that follows what the row says now. */
    Step step(List<RecordChange> records, List<BudgetChange> budgets, @Nullable StopReason reason) {
        StoredRun row = row();
        return step(row.snapshot().version(), row.lastEvent(), row.commandsThrough(), records, budgets, reason);
    }

    /** The step after {@code version} steps that brought an event each. */
    Step stepAfter(long version, List<RecordChange> records) {
        return step(version, version + 1, 0, records, List.of(), null);
    }

    private Step step(
            long version,
            long lastEvent,
            long commandsThrough,
            List<RecordChange> records,
            List<BudgetChange> budgets,
            @Nullable StopReason reason) {
        RunUpdate update = new RunUpdate(
                reason == null ? RunStatus.RUNNING : reason.status(),
                reason,
                Verification.NONE,
                null,
                RunProgress.NONE,
                at,
                at,
                reason == null ? null : at,
                null);
        return new Step(
                version,
                payload("state after " + version),
                update,
                records,
                List.of(event(lastEvent + 1, at)),
                commandsThrough,
                budgets,
                reason != null);
    }

    StepResult commit(Step step) {
        return store.commit(lease, step);
    }

    private void commit(List<RecordChange> records, List<BudgetChange> budgets, @Nullable StopReason reason) {
        assertThat(store.commit(lease, step(records, budgets, reason))).isInstanceOf(StepResult.Committed.class);
    }

    static Reservation reserved() {
        return new Reservation(1_000, new BigDecimal("0.50"));
    }

    AttemptRecord inFlight(int iteration) {
        return new AttemptRecord(
                iteration,
                1,
                "agent-a",
                AttemptStatus.IN_FLIGHT,
                at,
                null,
                null,
                null,
                reserved(),
                null,
                Cost.UNKNOWN,
                null);
    }

    private static StoredEvent event(long seq, Instant at) {
        return new StoredEvent(seq, "test.event", at, payload("event " + seq));
    }
}
