/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.BudgetLimit;
import dev.ralph.InvalidValueException;
import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.RunStateException;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who did what: an entry is there exactly if what it tells of is, and can be found again. */
interface AuditRules extends StoreRules {

    @Test
    default void entriesComeBackAsTheyWereWritten() {
        String principal = StoreBench.unique("ann");
        AuditEntry full = new AuditEntry(
                UUID.randomUUID(),
                Samples.NOW.plusNanos(123_456_000),
                principal,
                "2001:db8::1",
                "test.act",
                "thing/\u00fc \ud83d\ude80",
                RunId.create(Samples.NOW),
                StoreBench.unique("tenant"),
                AuditEntry.DONE,
                "node-1",
                Map.of("b", "\"quoted\"\n\u00e4", "a", "", "long name", "1"));
        AuditEntry bare = entry(principal, "test.act", null, null, Samples.NOW);

        log().record(full);
        log().record(bare);

        assertThat(of(principal)).containsExactly(full, bare);
    }

    @Test
    default void anEntryThatIsRecordedAgainIsThereOnce() {
        String principal = StoreBench.unique("ann");
        AuditEntry entry = entry(principal, "test.act", null, null, Samples.NOW);

        log().record(entry);
        log().record(entry);
        bench().other().audit().orElseThrow().record(entry);

        assertThat(of(principal)).containsExactly(entry);
    }

    @Test
    default void aNewRunBringsItsEntry() {
        String principal = StoreBench.unique("ann");
        NewRun run = Samples.newRun();

        bench().store().create(run.withAudit(entry(principal, "run.submit", run.id(), run.tenant(), Samples.NOW)));

        assertThat(of(principal))
                .singleElement()
                .satisfies(entry -> assertThat(entry.run()).isEqualTo(run.id()));
    }

    @Test
    default void aRunThatIsThereAlreadyBringsNone() {
        String principal = StoreBench.unique("ann");
        NewRun first = Samples.newRun();
        NewRun again = Samples.newRun(first.taskId(), first.tenant(), Samples.NOW);
        bench().store().create(first);

        bench().other().create(first.withAudit(entry(principal, "run.submit", first.id(), null, Samples.NOW)));
        bench().other().create(again.withAudit(entry(principal, "run.submit", again.id(), null, Samples.NOW)));

        assertThat(of(principal)).isEmpty();
    }

    @Test
    default void aRepeatedCommandBringsItsEntryOnce() {
        String principal = StoreBench.unique("ann");
        RunId run = bench().create();
        UUID id = UUID.randomUUID();

        for (Store node : List.of(bench().store(), bench().other())) {
            AuditEntry told = entry(principal, "run.pause", run, null, Samples.NOW);
            node.append(run, id, new Command.Pause(), List.of(told));
        }

        assertThat(of(principal)).hasSize(1);
    }

    @Test
    default void aCommandThatIsRefusedLeavesNoEntry() {
        String principal = StoreBench.unique("ann");
        OwnedRun ended = bench().createEnded();
        AuditEntry told = entry(principal, "run.pause", ended.id(), null, Samples.NOW);

        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() ->
                        bench().store().append(ended.id(), UUID.randomUUID(), new Command.Pause(), List.of(told)));

        assertThat(of(principal)).isEmpty();
    }

    @Test
    default void aStepBringsItsEntriesOnceHoweverOftenItIsRepeated() {
        String principal = StoreBench.unique("node");
        OwnedRun run = bench().createOwned();
        AuditEntry first = entry(principal, "run.taken_up", run.id(), null, Samples.NOW);
        AuditEntry second = entry(principal, "agent.launched", run.id(), null, Samples.NOW);
        Step step = run.step().events(3).build().withAudit(first, second);

        run.store().commit(run.lease(), step);
        run.store().commit(run.lease(), step);
        run.store().commit(run.lease(), run.step().build().withAudit(entry(principal, "x", null, null, Samples.NOW)));

        assertThat(of(principal)).hasSize(3).startsWith(first, second);
        assertThat(bench().other().events(run.id(), 1, 10)).hasSize(3);
    }

    @Test
    default void aStepThatIsRefusedLeavesNoEntry() {
        String principal = StoreBench.unique("node");
        String budget = BudgetRules.define(bench(), 10L, "1");
        OwnedRun run = bench().createOwned();
        Step tooMuch = run.step()
                .events(1)
                .reserving(budget, 100, "5")
                .build()
                .withAudit(entry(principal, "agent.launched", run.id(), null, Samples.NOW));
        Step late = run.step().events(1).build().withAudit(entry(principal, "late", run.id(), null, Samples.NOW));

        assertThat(run.store().commit(run.lease(), tooMuch)).isInstanceOf(StepResult.BudgetRefused.class);
        run.step().ending(StopReason.CANCELLED).releasing().committed();
        OwnedRun other = bench().createOwned();
        bench().store().release(other.lease());
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> other.store().commit(other.lease(), late));

        assertThat(of(principal)).isEmpty();
    }

    @Test
    default void aBudgetBringsAnEntryEachTimeItIsDefined() {
        String principal = StoreBench.unique("ann");
        String name = StoreBench.unique("budget");

        for (long tokens = 1; tokens <= 2; tokens++) {
            bench().store()
                    .defineBudget(
                            new BudgetLimit(name, tokens, null),
                            List.of(entry(principal, "budget.define", null, null, Samples.NOW)));
        }

        assertThat(of(principal)).hasSize(2);
    }

    @Test
    default void entriesAreFoundByWhoWhatWhichAndWhen() {
        String ann = StoreBench.unique("ann");
        String tenant = StoreBench.unique("tenant");
        String action = StoreBench.unique("act");
        RunId run = RunId.create(Samples.NOW);
        AuditEntry wanted = entry(ann, action, run, tenant, Samples.NOW);
        log().record(wanted);
        log().record(entry(StoreBench.unique("bob"), "other", RunId.create(Samples.NOW), "other", Samples.NOW));

        for (AuditQuery query : List.of(
                AuditQuery.NEWEST.withPrincipal(ann),
                AuditQuery.NEWEST.withRun(run),
                AuditQuery.NEWEST.withTenant(tenant),
                AuditQuery.NEWEST.withAction(action),
                AuditQuery.NEWEST.withPrincipal(ann).withTime(Samples.NOW, Samples.NOW.plusSeconds(1)))) {
            assertThat(log().list(query).items())
                    .extracting(AuditRecord::entry)
                    .as("%s", query)
                    .containsExactly(wanted);
        }
        for (AuditQuery query : List.of(
                AuditQuery.NEWEST.withPrincipal(ann).withAction("other"),
                AuditQuery.NEWEST.withPrincipal(ann).withTime(Samples.NOW.plusSeconds(1), null),
                AuditQuery.NEWEST.withPrincipal(ann).withTime(null, Samples.NOW),
                AuditQuery.NEWEST.withPrincipal("nobody\u0000"))) {
            assertThat(log().list(query).items()).as("%s", query).isEmpty();
        }
    }

    @Test
    default void pagesFollowOneAnotherInBothOrdersWhileEntriesAreAdded() {
        String principal = StoreBench.unique("ann");
        List<AuditEntry> written = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            written.add(entry(principal, "act-" + i, null, null, Samples.NOW));
            log().record(written.get(i));
        }
        AuditQuery newest = AuditQuery.NEWEST.withPrincipal(principal).withLimit(3);

        List<AuditEntry> backwards = new ArrayList<>();
        String cursor = null;
        do {
            var page = log().list(newest.withAfter(cursor));
            page.items().forEach(stored -> backwards.add(0, stored.entry()));
            cursor = page.next();
            log().record(entry(principal, "late", null, null, Samples.NOW));
        } while (cursor != null);

        assertThat(backwards).isEqualTo(written);
        assertThat(log().list(newest.withOldestFirst().withLimit(7)).items())
                .extracting(AuditRecord::entry)
                .isEqualTo(written);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> log().list(newest.withAfter("no cursor")));
    }

    @Test
    default void anExportHasALineForEachEntryOldestFirst() throws Exception {
        String principal = StoreBench.unique("ann");
        for (int i = 0; i < 5; i++) {
            log().record(entry(principal, "act-" + i, null, null, Samples.NOW));
        }
        StringWriter out = new StringWriter();

        long lines = log().export(AuditQuery.NEWEST.withPrincipal(principal).withLimit(2), out);

        assertThat(lines).isEqualTo(5);
        assertThat(out.toString().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("{") && line.endsWith("}") && line.contains(principal));
        assertThat(out.toString().lines().toList().get(4)).contains("\"act-4\"");
    }

    @Test
    default void aTrailNobodyTouchedIsNotBroken() {
        log().record(entry(StoreBench.unique("ann"), "act", null, null, Samples.NOW));

        assertThat(log().verify().status()).isNotEqualTo(AuditVerification.Status.BROKEN);
    }

    /** The trail as the store has it. */
    private AuditLog log() {
        return bench().store().audit().orElseThrow(() -> new AssertionError("the store keeps no audit trail"));
    }

    /** All that somebody did, oldest first, as another node sees it. */
    private List<AuditEntry> of(String principal) {
        AuditLog elsewhere =
                bench().other().audit().orElseThrow(() -> new AssertionError("the store keeps no audit trail"));
        return elsewhere.list(AuditQuery.NEWEST.withPrincipal(principal).withOldestFirst()).items().stream()
                .map(AuditRecord::entry)
                .toList();
    }

    private static AuditEntry entry(
            String principal, String action, @Nullable RunId run, @Nullable String tenant, Instant at) {
        return new AuditEntry(
                UUID.randomUUID(),
                at,
                principal,
                null,
                action,
                "test",
                run,
                tenant,
                AuditEntry.ACCEPTED,
                "node-1",
                Map.of());
    }
}
