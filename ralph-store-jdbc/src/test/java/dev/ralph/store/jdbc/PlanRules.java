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

    /**
     * Stores runs with 5 iterations each, submitted over the last month: 1 in 500 unfinished, 1 in 1,000 with a rare label,
     * tenants of 100 runs each.
     */
    static Duration load(PostgresDatabase database, int runs) throws SQLException {
        database.execute("SELECT ralph.make_partitions(3)");
        long start = System.nanoTime();
        database.execute("""
                CREATE TABLE public.made AS
                SELECT n, clock_timestamp() - n * interval '30 days' / %1$d AS at,
                    (substr(ralph.run_id_at(clock_timestamp() - n * interval '30 days' / %1$d)::text, 1, 14)
                        || '7' || substr(gen_random_uuid()::text, 16))::uuid AS id
                FROM generate_series(1, %1$d) AS n;
                INSERT INTO ralph.orchestrations (id, task_id, tenant, agent_type, status, verification, created_at, updated_at,
                    completed_at, metadata, metrics, epoch, version, state_version, state, commands_last, commands_through,
                    last_event)
                SELECT id, 'task-' || n, 'tenant-' || n / 100, 'agent-' || n %% 3,
                    CASE WHEN n %% 500 = 0 THEN 'WAITING' ELSE 'COMPLETED' END, 'VERIFIED', at, at, at,
                    '{"labels": {}, "agents": []}', '{}', 1, 10, 1, convert_to(repeat('s', 500), 'UTF8'), 1, 1, 2 FROM made;
                INSERT INTO ralph.run_agents SELECT id, 'agent-' || n %% 3, at FROM made;
                INSERT INTO ralph.run_labels SELECT id, 'team', 'team-' || n %% 10, at FROM made;
                INSERT INTO ralph.run_labels SELECT id, 'batch', 'rare', at FROM made WHERE n %% 1000 = 0;
                INSERT INTO ralph.specs SELECT id, 1, convert_to('spec', 'UTF8') FROM made;
                INSERT INTO ralph.iterations (run_id, iteration, attempts, agent, status, claimed, workspace_changed,
                    output_cut, started_at, ended_at, output_preview)
                SELECT id, i, 1, 'agent-a', 'SUCCEEDED', false, true, false, at, at, convert_to(repeat('p', 200), 'UTF8')
                FROM made, generate_series(1, 5) AS i;
                INSERT INTO ralph.attempts (run_id, iteration, attempt, agent, status, started_at, ended_at, reserved_tokens,
                    reserved_cost, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost, cost_kind)
                SELECT id, i, 1, 'agent-' || n %% 3, 'SUCCEEDED', at, at, 0, 0, 10, 20, 30, 40, 0.25, 'BILLED'
                FROM made, generate_series(1, 5) AS i;
                INSERT INTO ralph.events (run_id, seq, event_type, happened_at, version, content)
                SELECT id, s, 'test.event', at, 1, convert_to('event', 'UTF8') FROM made, generate_series(1, 2) AS s;
                INSERT INTO ralph.gates (run_id, iteration, step, ordinal, gate, passed, feedback, took_nanos)
                SELECT id, 5, 10, 1, 'tests', true, '', 1 FROM made;
                INSERT INTO ralph.checkpoints (run_id, number, iteration, ref_name, commit_id, made_at)
                SELECT id, 0, 0, 'refs/ralph/x/1/0', 'c0ffee', at FROM made;
                INSERT INTO ralph.commands (run_id, number, command_id, kind, received_at)
                SELECT id, 1, gen_random_uuid(), 'PAUSE', at FROM made;
                INSERT INTO ralph.queue (task_name, task_instance, execution_time, picked, version, priority, workspace)
                SELECT 'run/1', id::text, clock_timestamp() + interval '1 day', false, 1, 0, gen_random_uuid() FROM made;
                """.formatted(runs));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        database.execute("ANALYZE");
        return took;
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
                firstPage.withLabels(Map.of("batch", "rare")),
                firstPage.withLabels(Map.of("batch", "nobody's")),
                firstPage.withLabels(Map.of("team", "team-0", "batch", "rare")),
                firstPage.withStatuses(RunStatus.WAITING),
                firstPage.withCreated(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1))))) {
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
