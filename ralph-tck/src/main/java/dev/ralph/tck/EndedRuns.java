/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.RecordChange.AddCheckpoint;
import dev.ralph.spi.RecordChange.AddGate;
import dev.ralph.spi.RecordChange.AddIteration;
import dev.ralph.spi.RecordChange.SettleAttempt;
import dev.ralph.spi.RecordChange.StartAttempt;
import dev.ralph.spi.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs that ended with everything a run can have, and what is to be seen of them. */
record EndedRuns(StoreBench bench) {

    /** What a run is known by. */
    record Known(RunId id, String task, String tenant) {}

    Known make(@Nullable String subject) {
        return make(subject, StoreBench.unique("tenant"));
    }

    Known make(@Nullable String subject, String tenant) {
        return make(subject, tenant, StopReason.CANCELLED);
    }

    Known make(@Nullable String subject, String tenant, StopReason end) {
        String task = StoreBench.unique("task");
        OwnedRun run = open(subject, tenant, task);
        run.step().with(new StartAttempt(Samples.started(1, 1))).committed();
        run.step()
                .with(
                        new SettleAttempt(Samples.ended(1, 1)),
                        new AddIteration(Samples.iteration(1)),
                        new AddGate(Samples.gate(1, "tests", false)),
                        new AddCheckpoint(Samples.checkpoint(0)))
                .events(2)
                .progress(Samples.progress())
                .detail("ended by somebody")
                .consuming(1)
                .ending(end)
                .releasing()
                .committed();
        return new Known(run.id(), task, tenant);
    }

    /** One that was given up, and that somebody told to go on. */
    Known retried(@Nullable String subject) {
        Known run = make(subject, StoreBench.unique("tenant"), StopReason.DEAD_LETTERED);
        bench.store().append(run.id(), UUID.randomUUID(), new Command.Retry());
        return run;
    }

    /** Whoever works it now finds all of it, and it ends. */
    void assertGoesOn(Known run) {
        assertRecords(run);
        OwnedRun again = bench.claim(run.id());
        again.step().consuming(2).ending(StopReason.CANCELLED).releasing().committed();
    }

    /** One that has not ended. */
    OwnedRun open(@Nullable String subject, String tenant, String task) {
        OwnedRun run = bench.claim(bench.create(
                Samples.newRun(task, tenant, subject, Map.of("team", "blue"), List.of("agent-a"), Samples.NOW)));
        bench.store().append(run.id(), UUID.randomUUID(), new Command.Guide("look closer"));
        return run;
    }

    /** As the other node lists it. */
    RunSnapshot listed(Known run) {
        return bench.other().list(RunQuery.NEWEST.withTenant(run.tenant())).items().stream()
                .filter(row -> row.id().equals(run.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("run " + run.id() + " is not listed"));
    }

    void assertWhole(Known run) {
        assertRecords(run);
        assertThat(bench.other().commands(run.id(), 0)).hasSize(1);
    }

    private void assertRecords(Known run) {
        Store store = bench.other();
        assertThat(store.find(run.id())).as("run %s", run.id()).isPresent();
        assertThat(store.findByTask(run.task())).isPresent();
        assertThat(store.events(run.id(), 0, 10)).hasSize(3);
        assertThat(store.iterations(run.id(), 0, 10)).hasSize(1);
        assertThat(store.attempts(run.id(), 1)).hasSize(1);
        assertThat(store.gates(run.id())).hasSize(1);
        assertThat(store.checkpoints(run.id())).hasSize(1);
    }

    void assertFoundNoMore(Known run) {
        Store store = bench.other();
        assertThat(store.find(run.id())).as("run %s", run.id()).isEmpty();
        assertThat(store.findByTask(run.task())).isEmpty();
        assertThat(store.events(run.id(), 0, 10)).as("events").isEmpty();
        assertThat(store.iterations(run.id(), 0, 10)).as("iterations").isEmpty();
        assertThat(store.attempts(run.id(), 1)).as("attempts").isEmpty();
        assertThat(store.gates(run.id())).as("gates").isEmpty();
        assertThat(store.checkpoints(run.id())).as("checkpoints").isEmpty();
        assertThat(store.commands(run.id(), 0)).as("commands").isEmpty();
        assertThat(store.reportedUsage(run.id(), 1, 1)).isEmpty();
        assertThat(store.claim(run.id(), "node-3", StoreBench.LONG, Set.of(Samples.STATE_VERSION)))
                .isEqualTo(new Claim.NotFound());
        assertThatExceptionOfType(RunNotFoundException.class)
                .isThrownBy(() -> store.append(run.id(), UUID.randomUUID(), new Command.Cancel()));
    }

    static AuditEntry entry(String principal) {
        return new AuditEntry(
                UUID.randomUUID(),
                Samples.NOW,
                principal,
                null,
                "subject.erase",
                "subject",
                null,
                null,
                AuditEntry.DONE,
                "node-1",
                Map.of());
    }

    List<AuditEntry> told(String principal) {
        return bench.other().audit().orElseThrow().list(AuditQuery.NEWEST.withPrincipal(principal)).items().stream()
                .map(AuditRecord::entry)
                .toList();
    }
}
