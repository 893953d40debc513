/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ContentUnreadableException;
import dev.ralph.CostQuery;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What erasing a subject leaves, and what it does not. */
abstract class ErasureContract {

    private static final String CANARY = "c4n4ry";
    private static final String PLACE = "artifact:attempt-1-1";

    /** What {@link CanaryRun} writes its canary into, but for the trail. */
    private static final List<String> CONTENT = List.of(
            "spec", "state", "event 1", "event 2", "guidance", "detail", "preview", "message", "gate", "feedback");

    private final String subject = "person-" + UUID.randomUUID();

    /** A store on the same database each time. */
    abstract JdbcStoreBuilder on();

    /** All that is in the database. */
    abstract String dump() throws Exception;

    /** A store on a database that never had an encryption key. */
    abstract JdbcStoreBuilder onClear();

    /** All that is in the other database. */
    abstract String clearDump() throws Exception;

    @Test
    void nothingOfASubjectIsLeftAndCostsAndTrailAreAsTheyWere() throws Exception {
        try (JdbcStore store = open()) {
            RunId erased = CanaryRun.ended(store, subject, CANARY);
            RunId others = CanaryRun.ended(store, "other " + UUID.randomUUID(), "kept");
            store.maintain();
            var costs = store.costs(CostQuery.ALL);
            byte[] sealed = sealed(store, erased);
            assertThat(withoutTrail(dump()))
                    .as("the search finds what is there")
                    .satisfies(
                            before -> assertThat(Sealing.has(before, subject)).isTrue())
                    .satisfies(before ->
                            assertThat(Sealing.hasSealedAs(before, sealed)).isTrue());
            assertThat(openedAnew(erased, sealed)).isEqualTo(CANARY);

            int runs = store.erase(subject, List.of(told()));

            assertThat(runs).isEqualTo(1);
            assertThat(withoutTrail(dump()))
                    .satisfies(after -> assertThat(Sealing.has(after, subject)).isFalse())
                    .satisfies(after ->
                            assertThat(Sealing.hasSealedAs(after, sealed)).isFalse());
            assertThatExceptionOfType(ContentUnreadableException.class)
                    .isThrownBy(() -> openedAnew(erased, sealed))
                    .withMessageContaining("was destroyed");
            assertThat(store.costs(CostQuery.ALL)).isEqualTo(costs);
            AuditVerification trail = store.audit().orElseThrow().verify();
            assertThat(trail.status()).isEqualTo(AuditVerification.Status.VERIFIED);
            CanaryRun.requireWhole(store, others, "kept");
            requireGone(store, erased);
        }
    }

    @Test
    void whatWasInClearIsThereBeforeAndGoneAfter() throws Exception {
        try (JdbcStore store = onClear().build()) {
            RunId erased = CanaryRun.ended(store, subject, CANARY);
            RunId others = CanaryRun.ended(store, "other " + UUID.randomUUID(), "kept");
            String before = withoutTrail(clearDump());
            assertThat(CONTENT).allMatch(kind -> Sealing.has(before, kind + " " + CANARY));
            assertThat(Sealing.has(before, subject)).isTrue();

            assertThat(store.erase(subject, List.of(told()))).isEqualTo(1);

            String after = withoutTrail(clearDump());
            assertThat(Sealing.has(after, CANARY)).isFalse();
            assertThat(Sealing.has(after, subject)).isFalse();
            CanaryRun.requireWhole(store, others, "kept");
            requireGone(store, erased);
        }
    }

    @Test
    void theTrailSaysThatSomebodyDidItAndNoMoreFromWhere() {
        try (JdbcStore store = open()) {
            RunId run = CanaryRun.ended(store, subject, CANARY);

            store.erase(subject, List.of());

            assertThat(store.audit()
                            .orElseThrow()
                            .list(AuditQuery.NEWEST.withRun(run))
                            .items())
                    .filteredOn(record -> record.entry().action().equals("run.submit"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.entry().address()).isNull();
                        assertThat(record.entry().details()).containsOnlyKeys("unreadable");
                    });
        }
    }

    @Test
    void aSubjectWhoseRunGoesOnIsNotErased() {
        try (JdbcStore store = open()) {
            RunId ended = CanaryRun.ended(store, subject, CANARY);
            CanaryRun running = CanaryRun.begin(store, subject, CANARY);

            assertThatExceptionOfType(RunStateException.class)
                    .isThrownBy(() -> store.erase(subject, List.of()))
                    .withMessageContaining(running.id().toString())
                    .withMessageContaining("cancel");

            CanaryRun.requireWhole(store, ended, CANARY);
            running.end(StopReason.CANCELLED);
            assertThat(store.erase(subject, List.of())).isEqualTo(2);
        }
    }

    @Test
    void aSubjectThatComesBackGetsAKeyOfItsOwn() throws Exception {
        try (JdbcStore store = open()) {
            byte[] sealed = sealed(store, CanaryRun.ended(store, subject, CANARY));
            store.erase(subject, List.of());

            RunId again = CanaryRun.ended(store, subject, "again");

            CanaryRun.requireWhole(store, again, "again");
            assertThat(store.list(RunQuery.NEWEST.withSubject(subject)).items())
                    .extracting(RunSnapshot::id)
                    .containsExactly(again);
            String dump = withoutTrail(dump());
            assertThat(Sealing.hasSealedAs(dump, sealed(store, again))).isTrue();
            assertThat(Sealing.hasSealedAs(dump, sealed)).isFalse();
        }
    }

    @Test
    void erasingAgainErasesNothingAndIsNoFailure() {
        try (JdbcStore store = open()) {
            CanaryRun.ended(store, subject, CANARY);

            assertThat(store.erase(subject, List.of())).isEqualTo(1);
            assertThat(store.erase(subject, List.of())).isZero();
            assertThat(store.erase("nobody " + UUID.randomUUID(), List.of())).isZero();
        }
    }

    @Test
    void aRunThatWasToldToGoOnIsNotErasedUnderItsNode() {
        try (JdbcStore store = open()) {
            CanaryRun dead = CanaryRun.begin(store, subject, CANARY);
            dead.end(StopReason.DEAD_LETTERED);
            store.append(dead.id(), UUID.randomUUID(), new Command.Retry());

            assertThatExceptionOfType(RunStateException.class).isThrownBy(() -> store.erase(subject, List.of()));

            TestRun taken = TestRun.claim(store, dead.id());
            assertThatExceptionOfType(RunStateException.class).isThrownBy(() -> store.erase(subject, List.of()));
            taken.consumeCommands(StopReason.CANCELLED);
            assertThat(store.erase(subject, List.of())).isEqualTo(1);
        }
    }

    @Test
    void anotherNodeThatRemembersTheKeyMakesANewOne() {
        try (JdbcStore here = open();
                JdbcStore there = open()) {
            CanaryRun.ended(there, subject, CANARY);
            here.erase(subject, List.of());

            RunId again = CanaryRun.ended(there, subject, "again");

            CanaryRun.requireWhole(here, again, "again");
        }
    }

    @Test
    void aKeyOfASubjectOfWhomNothingIsLeftIsDestroyedByMaintenance() {
        try (JdbcStore store = open()) {
            CanaryRun.ended(store, subject, CANARY);
            String unused = "unused " + UUID.randomUUID();
            store.parts().content().keyFor(CanaryRun.submission(unused, CANARY));
            store.parts()
                    .database()
                    .change(handle -> handle.execute(
                            "UPDATE ralph.data_keys SET made_at = TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00'"));

            assertThat(store.maintain().keysDestroyed()).isEqualTo(1);
            assertThat(store.maintain().keysDestroyed()).isZero();
        }
        try (JdbcStore again = open()) {
            assertThat(again.erase(subject, List.of())).isEqualTo(1);
        }
    }

    @Test
    void runsThatEndedBeforeAMomentArePurgedWhateverTheyAreSealedWith() {
        try (JdbcStore store = open()) {
            RunId old = CanaryRun.ended(store, subject, CANARY);
            RunId erased = CanaryRun.ended(store, "other " + subject, CANARY);
            CanaryRun goesOn = CanaryRun.begin(store, null, CANARY);
            store.erase("other " + subject, List.of());

            assertThat(store.purge(Instant.now().minus(1, ChronoUnit.DAYS))).isZero();
            assertThat(store.purge(Instant.now().plusSeconds(60))).isGreaterThanOrEqualTo(2);

            assertThat(store.find(old)).isEmpty();
            assertThat(store.list(RunQuery.NEWEST.withLimit(1_000)).items())
                    .extracting(RunSnapshot::id)
                    .doesNotContain(old, erased)
                    .contains(goesOn.id());
        }
    }

    private static void requireGone(JdbcStore store, RunId run) {
        assertThat(store.find(run)).isEmpty();
        assertThat(store.events(run, 0, 10)).isEmpty();
        assertThat(store.iterations(run, 0, 10)).isEmpty();
        assertThat(store.gates(run)).isEmpty();
        assertThat(store.commands(run, 0)).isEmpty();
        assertThat(store.checkpoints(run)).isEmpty();
        assertThat(store.attempts(run, 1)).isEmpty();
        assertThat(store.claim(run, "node-2", Duration.ofMinutes(1), Set.of(TestRun.STATE_VERSION)))
                .isInstanceOf(Claim.NotFound.class);
        assertThatExceptionOfType(RunNotFoundException.class)
                .isThrownBy(() -> store.append(run, UUID.randomUUID(), new Command.Guide("more")));
        assertThat(store.list(RunQuery.NEWEST.withLimit(1_000)).items())
                .filteredOn(listed -> listed.id().equals(run))
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.subject()).isNull();
                    assertThat(listed.taskId()).isNull();
                    assertThat(listed.detail()).isNull();
                    assertThat(listed.labels()).isEmpty();
                    assertThat(listed.reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
                });
    }

    /** The canary, as what lies outside the store is sealed. */
    private static byte[] sealed(JdbcStore store, RunId run) {
        return store.contentSeal().orElseThrow().seal(run, PLACE, CANARY.getBytes(StandardCharsets.UTF_8));
    }

    /** What a store reads in it that remembers no key. */
    private String openedAnew(RunId run, byte[] sealed) {
        try (JdbcStore fresh = open()) {
            return new String(fresh.contentSeal().orElseThrow().open(run, PLACE, sealed), StandardCharsets.UTF_8);
        }
    }

    /** Nothing can be deleted from the trail, and whom it names is for the host to choose: docs/privacy.md. */
    private static String withoutTrail(String dump) {
        return dump.lines().filter(line -> !line.contains("run.submit")).reduce("", (all, line) -> all + line + "\n");
    }

    JdbcStore open() {
        return keyed(on());
    }

    static JdbcStore keyed(JdbcStoreBuilder builder) {
        return builder.audit(AuditConfig.DEFAULT.withKeys(AuditBench.keys(AuditBench.key('k'))))
                .encryption(Sealing.keys("a"))
                .build();
    }

    private AuditEntry told() {
        return new AuditEntry(
                UUID.randomUUID(),
                Instant.now(),
                "officer",
                null,
                "subject.erase",
                "subject",
                null,
                null,
                AuditEntry.DONE,
                "node-1",
                Map.of("runs", "1"));
    }
}
