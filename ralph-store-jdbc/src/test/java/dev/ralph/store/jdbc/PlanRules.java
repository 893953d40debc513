/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what is asked again and again is answered from an index, however much is stored. */
abstract class PlanRules {

    private final Plans plans = new Plans();

    @SuppressWarnings("NullAway.Init")
    private JdbcStore store;

    abstract PostgresDatabase database();

    @BeforeEach
    final void open() {
        store = JdbcStore.builder()
                .dataSource(new ObservedDataSource(database().pool(), plans))
                .leaseDataSource(database().pool())
                .migrations(MigrationMode.NONE)
                .build();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Test
    void listingsComeInTheOrderOfAnIndex() {
        RunQuery firstPage = RunQuery.NEWEST.withLimit(20);
        RunQuery secondPage = firstPage.withAfter(store.list(firstPage).next());
        Instant now = Instant.now();
        for (RunQuery query : List.of(
                firstPage,
                secondPage,
                firstPage.withTenant("tenant-7"),
                firstPage.withAgent("agent-1"),
                secondPage.withAgent("agent-1"),
                firstPage.withLabels(Map.of("team", "team-3")),
                secondPage.withLabels(Map.of("team", "team-3")),
                firstPage.withStatuses(RunStatus.WAITING),
                firstPage.withCreated(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1))))) {
            plans.take();
            store.list(query);
            assertThat(assertIndexed(query.toString()))
                    .as("nothing is read that is not shown: %s", query)
                    .noneMatch(plan -> plan.contains("Sort"));
        }
    }

    @Test
    void listingsByWhatFewRunsHaveOrBySeveralThingsComeFromAnIndex() {
        RunQuery page = RunQuery.NEWEST.withLimit(20);
        for (RunQuery query : List.of(
                page.withLabels(Map.of("batch", "rare")),
                page.withLabels(Map.of("batch", "nobody's")),
                page.withLabels(Map.of("team", "team-0", "batch", "rare")),
                page.withLabels(Map.of("team", "team-3")).withStatuses(RunStatus.WAITING),
                page.withAgent("agent-1").withStatuses(RunStatus.WAITING),
                page.withReasons(StopReason.DEAD_LETTERED))) {
            plans.take();
            store.list(query);
            assertIndexed(query.toString());
        }
    }

    @Test
    void listingsOfUnfinishedRunsReadThemAlone() {
        plans.take();

        store.list(
                RunQuery.NEWEST.withStatuses(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING, RunStatus.PAUSED));

        assertIndexed("unfinished runs");
    }

    @Test
    void whatResumingReadsComesFromOnePartitionEach() {
        RunSnapshot run = store.list(
                        RunQuery.NEWEST.withStatuses(RunStatus.WAITING).withLimit(1))
                .items()
                .get(0);
        RunId id = run.id();
        plans.take();

        store.find(id);
        store.events(id, 1, 100);
        store.iterations(id, 2, 100);
        store.attempts(id, 3);
        store.gates(id);
        store.checkpoints(id);
        store.commands(id, 0);
        Claim claim = store.claim(id, "node-1", Duration.ofMinutes(1), Set.of(1));
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        store.release(((Claim.Granted) claim).lease());

        for (String plan : assertIndexed("resume")) {
            assertThat(plan.split("_y\\d{4}m\\d{2}_pkey", -1).length - 1)
                    .as("partitions in%n%s", plan)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aStepMeetsItsRowsByIndex() {
        TestRun run = TestRun.begin(store);
        plans.take();

        run.start(1);
        run.settle(1);
        store.append(run.id(), UUID.randomUUID(), new Command.Pause());

        assertIndexed("a step");
    }

    @Test
    void anEntryOfTheQueueIsFoundByIndex() throws SQLException {
        RunQueue queue = store.parts().queue();
        RunId run = store.list(RunQuery.NEWEST.withStatuses(RunStatus.WAITING))
                .items()
                .get(0)
                .id();
        database().execute("UPDATE ralph.queue SET picked = true, version = 2 WHERE task_instance = '" + run + "'");
        QueueEntry entry = new QueueEntry(run.toString(), 2, 0);
        plans.take();

        queue.wake(run);
        assertThat(queue.hold(entry)).isEqualTo(RunQueue.Hold.HELD);
        queue.due();
        queue.putOff(entry, QueueEntry.Next.parked(null));
        queue.remove(entry);
        queue.revive(entry, Instant.now());

        assertIndexed("the queue");
    }

    @Test
    void runsThatAreDueAreCountedWithoutReadingThoseThatHaveEnded() {
        plans.take();

        assertThat(store.queue()).isPresent();

        assertIndexed("due runs");
    }

    @Test
    void aTaskIsFoundByItsIndex() {
        plans.take();

        assertThat(store.findByTask("task-77")).isPresent();

        assertIndexed("find by task");
    }

    private List<String> assertIndexed(String what) {
        List<String> taken = plans.take();
        assertThat(taken).isNotEmpty();
        assertThat(taken).as(what).allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan"));
        return taken;
    }
}
