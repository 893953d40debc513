/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.spi.NewRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What listings show, and that paging neither loses nor repeats a run. */
interface ListingRules extends StoreRules {

    @Test
    default void runsAreListedNewestFirst() {
        String tenant = StoreBench.unique("tenant");
        RunId middle = create(tenant, 20);
        RunId oldest = create(tenant, 10);
        RunId newest = create(tenant, 30);

        assertThat(ids(of(tenant))).containsExactly(newest, middle, oldest);
    }

    @Test
    default void aListingShowsARunAsFindDoes() {
        String tenant = StoreBench.unique("tenant");
        OwnedRun run = bench().claim(create(tenant, 0));
        run.step().progress(Samples.progress()).detail("waits for nothing").committed();

        Page<RunSnapshot> page = bench().other().list(of(tenant));

        assertThat(page.items()).containsExactly(run.row().snapshot());
        assertThat(page.next()).isNull();
    }

    @Test
    default void runsAreListedByStatus() {
        String tenant = StoreBench.unique("tenant");
        RunId queued = create(tenant, 0);
        OwnedRun running = bench().claim(create(tenant, 1));
        running.step().committed();
        OwnedRun stopped = bench().claim(create(tenant, 2));
        stopped.step().ending(StopReason.MAX_COST).releasing().committed();

        assertThat(ids(of(tenant).withStatuses(RunStatus.QUEUED))).containsExactly(queued);
        assertThat(ids(of(tenant).withStatuses(RunStatus.RUNNING, RunStatus.STOPPED)))
                .containsExactly(stopped.id(), running.id());
        assertThat(ids(of(tenant).withStatuses(RunStatus.PAUSED))).isEmpty();
    }

    @Test
    default void runsAreListedByTheReasonTheyEndedFor() {
        String tenant = StoreBench.unique("tenant");
        create(tenant, 0);
        OwnedRun stopped = bench().claim(create(tenant, 1));
        stopped.step().ending(StopReason.MAX_COST).releasing().committed();
        OwnedRun dead = bench().claim(create(tenant, 2));
        dead.step().ending(StopReason.DEAD_LETTERED).releasing().committed();

        assertThat(ids(of(tenant).withReasons(StopReason.DEAD_LETTERED))).containsExactly(dead.id());
        assertThat(ids(of(tenant).withReasons(StopReason.DEAD_LETTERED, StopReason.MAX_COST)))
                .containsExactly(dead.id(), stopped.id());
        assertThat(ids(of(tenant).withReasons(StopReason.DEAD_LETTERED).withStatuses(RunStatus.STOPPED)))
                .isEmpty();
    }

    @Test
    default void runsAreListedByAnyAgentTheyName() {
        String tenant = StoreBench.unique("tenant");
        RunId both = bench().create(run(tenant, Map.of(), List.of("claude", "gemini"), 2));
        RunId one = bench().create(run(tenant, Map.of(), List.of("gemini"), 1));
        bench().create(run(tenant, Map.of(), List.of(), 0));

        assertThat(ids(of(tenant).withAgent("gemini"))).containsExactly(both, one);
        assertThat(ids(of(tenant).withAgent("claude"))).containsExactly(both);
        assertThat(ids(of(tenant).withAgent("gem"))).isEmpty();
    }

    @Test
    default void runsAreListedByTheirSubject() {
        String subject = StoreBench.unique("subject");
        RunId ours = bench().create(Samples.newRun(null, null, subject, Map.of(), List.of(), Samples.NOW));
        bench().create(Samples.newRun(null, subject, null, Map.of(), List.of(), Samples.NOW));
        bench().create(Samples.newRun(null, null, subject + "s", Map.of(), List.of(), Samples.NOW));

        assertThat(ids(RunQuery.NEWEST.withSubject(subject))).containsExactly(ours);
        assertThat(ids(RunQuery.NEWEST.withSubject(StoreBench.unique("subject"))))
                .isEmpty();
    }

    @Test
    default void runsAreListedByAllLabelsAskedFor() {
        String tenant = StoreBench.unique("tenant");
        RunId blueTests = bench().create(run(tenant, Map.of("team", "blue", "kind", "tests"), List.of(), 2));
        RunId blueDocs = bench().create(run(tenant, Map.of("team", "blue", "kind", "docs"), List.of(), 1));
        bench().create(run(tenant, Map.of("team", "red", "kind", "tests"), List.of(), 0));

        assertThat(ids(of(tenant).withLabels(Map.of("team", "blue")))).containsExactly(blueTests, blueDocs);
        assertThat(ids(of(tenant).withLabels(Map.of("team", "blue", "kind", "tests"))))
                .containsExactly(blueTests);
        assertThat(ids(of(tenant).withLabels(Map.of("blue", "team")))).isEmpty();
    }

    @Test
    default void runsOfEveryTenantAndOfNoneAreListedIfNoTenantIsAskedFor() {
        Map<String, String> labels = Map.of("batch", StoreBench.unique("batch"));
        RunId ours = bench().create(run(StoreBench.unique("tenant"), labels, List.of(), 2));
        RunId theirs = bench().create(run(StoreBench.unique("tenant"), labels, List.of(), 1));
        RunId nobodys = bench().create(Samples.newRun(null, null, null, labels, List.of(), Samples.NOW));

        assertThat(ids(RunQuery.NEWEST.withLabels(labels))).containsExactly(ours, theirs, nobodys);
    }

    @Test
    default void runsAreListedByTimeFromInclusiveToExclusive() {
        String tenant = StoreBench.unique("tenant");
        create(tenant, 10);
        RunId second = create(tenant, 20);
        create(tenant, 30);

        RunQuery query = of(tenant).withCreated(Samples.NOW.plusSeconds(20), Samples.NOW.plusSeconds(30));

        assertThat(ids(query)).containsExactly(second);
    }

    @Test
    default void allConditionsMustHold() {
        String tenant = StoreBench.unique("tenant");
        NewRun match = run(tenant, Map.of("team", "blue"), List.of("claude"), 5);
        bench().create(match);
        bench().create(run(tenant, Map.of("team", "red"), List.of("claude"), 5));
        bench().create(run(tenant, Map.of("team", "blue"), List.of("gemini"), 5));
        bench().create(run(tenant, Map.of("team", "blue"), List.of("claude"), 6));
        bench().create(run(StoreBench.unique("tenant"), Map.of("team", "blue"), List.of("claude"), 5));
        Instant to = Samples.NOW.plusSeconds(6);

        RunQuery query = new RunQuery(
                Set.of(RunStatus.QUEUED),
                Set.of(),
                "claude",
                tenant,
                null,
                Map.of("team", "blue"),
                Samples.NOW,
                to,
                10,
                null);

        assertThat(ids(query)).containsExactly(match.id());
    }

    @Test
    default void pagesShowEveryRunOnce() {
        String tenant = StoreBench.unique("tenant");
        List<RunId> created = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            created.add(0, create(tenant, i));
        }

        assertThat(idsOfAllPages(of(tenant).withLimit(5))).isEqualTo(created);
    }

    @Test
    default void runsSubmittedAtOneInstantAreListedOnceEach() {
        String tenant = StoreBench.unique("tenant");
        List<RunId> created = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            created.add(create(tenant, 0));
        }

        assertThat(idsOfAllPages(of(tenant).withLimit(2))).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    default void theLastPageHasNoCursorEvenIfItIsFull() {
        String tenant = StoreBench.unique("tenant");
        for (int i = 0; i < 4; i++) {
            create(tenant, i);
        }

        Page<RunSnapshot> first = bench().store().list(of(tenant).withLimit(2));
        Page<RunSnapshot> second = bench().store().list(of(tenant).withLimit(2).withAfter(first.next()));

        assertThat(first.next()).isNotNull();
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isNull();
    }

    @Test
    default void aCursorServesAnotherNode() {
        String tenant = StoreBench.unique("tenant");
        RunId older = create(tenant, 0);
        create(tenant, 1);

        Page<RunSnapshot> first = bench().store().list(of(tenant).withLimit(1));
        Page<RunSnapshot> second = bench().other().list(of(tenant).withLimit(1).withAfter(first.next()));

        assertThat(second.items()).extracting(RunSnapshot::id).containsExactly(older);
    }

    @Test
    default void pagesStayStableWhileRunsAreAdded() {
        String tenant = StoreBench.unique("tenant");
        List<RunId> before = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            before.add(0, create(tenant, i));
        }
        List<RunId> seen = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page == 0 || (cursor != null && page < 100); page++) {
            Page<RunSnapshot> runs =
                    bench().store().list(of(tenant).withLimit(3).withAfter(cursor));
            runs.items().forEach(run -> seen.add(run.id()));
            cursor = runs.next();
            create(tenant, 100 + page);
        }

        assertThat(seen).containsExactlyElementsOf(before);
    }

    @Test
    default void pagesStayStableWhileOthersAddRuns() throws Exception {
        String tenant = StoreBench.unique("tenant");
        List<RunId> before = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            before.add(0, create(tenant, i));
        }
        AtomicBoolean paging = new AtomicBoolean(true);

        List<List<RunId>> seen = Together.run(2, thread -> {
            if (thread == 0) {
                try {
                    return idsOfAllPages(of(tenant).withLimit(3));
                } finally {
                    paging.set(false);
                }
            }
            for (int i = 0; paging.get() && i < 1_000; i++) {
                create(tenant, 100 + i);
            }
            return List.of();
        });

        assertThat(seen.get(0)).doesNotHaveDuplicates().endsWith(before.toArray(new RunId[0]));
    }

    @Test
    default void aCursorThatIsNotOneIsRefused() {
        String tenant = StoreBench.unique("tenant");
        create(tenant, 0);
        create(tenant, 1);
        String cursor = bench().store().list(of(tenant).withLimit(1)).next();
        assertThat(cursor).isNotNull();

        for (String broken : List.of("", "1", "not a cursor", "AAAA", "' OR 1=1 --", "\u0000", "🙂", cursor + "x")) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .as("cursor '%s'", broken)
                    .isThrownBy(() -> bench().store().list(of(tenant).withAfter(broken)));
        }
    }

    private RunId create(String tenant, int second) {
        return bench().create(Samples.newRun(null, tenant, Samples.NOW.plusSeconds(second)));
    }

    private List<RunId> ids(RunQuery query) {
        return bench().store().list(query).items().stream().map(RunSnapshot::id).toList();
    }

    private List<RunId> idsOfAllPages(RunQuery query) {
        List<RunId> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<RunSnapshot> page = bench().store().list(query.withAfter(cursor));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
            page.items().forEach(run -> ids.add(run.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private static NewRun run(String tenant, Map<String, String> labels, List<String> agents, int second) {
        return Samples.newRun(null, tenant, null, labels, agents, Samples.NOW.plusSeconds(second));
    }

    private static RunQuery of(String tenant) {
        return RunQuery.NEWEST.withTenant(tenant);
    }
}
