/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Runs with 5 iterations each, submitted over the last month: 1 in 500 unfinished, 1 in 1,000 with a rare label, tenants of
 * 100 runs each.
 */
public final class ManyRuns {

    private ManyRuns() {}

    /** Stores them, and says how long that took. */
    public static Duration store(PostgresServer server, String database, int runs) throws SQLException {
        server.execute(database, "SELECT ralph.make_partitions(3)");
        long start = System.nanoTime();
        server.execute(database, """
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
        server.execute(database, "ANALYZE");
        return took;
    }
}
