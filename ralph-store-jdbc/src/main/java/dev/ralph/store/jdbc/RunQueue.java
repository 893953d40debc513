/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.spi.NewRun;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Writes the entries of the queue, wherever they have to agree with their runs; db-scheduler picks them. Every time is the
 * database's. Entries are locked after runs. Thread-safe.
 */
final class RunQueue {

    /** When a node looks at a command if the one it came to does not: late enough for that one to be quicker. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final String TASK = "run/";

    /** A time that does not come, and that every library can read. */
    private static final String NEVER = "timestamptz '9999-01-01 00:00:00Z'";

    private static final String IN_MICROS = "clock_timestamp() + CAST(:micros AS bigint) * interval '1 microsecond'";

    /** Of two runs of one priority, one that has begun goes first: it is not put behind all that came meanwhile. */
    private static final String RANK = "o.priority * 2 + CASE WHEN o.status = 'QUEUED' THEN 0 ELSE 1 END";

    private static final String INSERT = "INSERT INTO ralph.queue ("
            + "task_name, task_instance, execution_time, picked, version, priority, workspace) "
            + "SELECT '" + TASK + "' || o.state_version, o.id::text, %s, false, 1, " + RANK + ", o.workspace "
            + "FROM ralph.orchestrations o ";

    private static final String CREATE =
            INSERT.formatted(IN_MICROS) + "WHERE o.id = :run ON CONFLICT (task_instance) DO NOTHING";

    /** One that is picked is due again when it is given back; another one is due at the new time if that is earlier. */
    private static final String BRING_FORWARD = INSERT.formatted(IN_MICROS) + """
            WHERE o.id = :run
            ON CONFLICT (task_instance) DO UPDATE SET
                woken = ralph.queue.woken OR ralph.queue.picked,
                execution_time = CASE
                    WHEN ralph.queue.picked THEN ralph.queue.execution_time
                    ELSE LEAST(ralph.queue.execution_time, EXCLUDED.execution_time) END""";

    private static final String BRING_KNOWN_FORWARD = """
            UPDATE ralph.queue SET
                woken = woken OR picked,
                execution_time = CASE WHEN picked THEN execution_time ELSE LEAST(execution_time, %s) END
            WHERE task_instance = :entry""".formatted(IN_MICROS);

    private static final String ADOPT = INSERT.formatted(
                    "CASE WHEN o.commands_last > o.commands_through THEN clock_timestamp() WHEN o.status = 'PAUSED' THEN "
                            + NEVER + " ELSE GREATEST(o.wake_at, clock_timestamp()) END")
            + "WHERE o.status IN ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED')"
            + " OR (o.reason = 'DEAD_LETTERED' AND o.commands_last > o.commands_through)"
            + " ON CONFLICT (task_instance) DO NOTHING";

    private static final String OURS = " WHERE task_instance = :entry AND version = :version AND picked";

    private static final String HOLD = "WITH taken AS (UPDATE ralph.queue SET holds = true" + OURS
            + " AND NOT holds AND workspace IS NOT NULL RETURNING 1) SELECT count(*) FROM ralph.queue" + OURS;

    private static final String PUT_OFF = """
            UPDATE ralph.queue SET
                picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1,
                task_name = COALESCE(:name, task_name),
                priority = CASE WHEN :inVain THEN priority ELSE priority | 1 END,
                execution_time = CASE WHEN woken THEN clock_timestamp() ELSE COALESCE(%s, %s) END,
                deaths = CASE WHEN :inVain THEN deaths ELSE 0 END, holds = holds AND :keeps, blocked = :blocked AND NOT woken, woken = false,
                consecutive_failures = CASE WHEN :inVain THEN COALESCE(consecutive_failures, 0) + 1 ELSE 0 END
            """.formatted(IN_MICROS, NEVER) + OURS;

    /**
     * Runs whose nodes died more than once in a row come back at different times: the one of them that kills nodes shall
     * not take the same others with it each time.
     */
    private static final String REVIVE = """
            UPDATE ralph.queue SET
                picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1, woken = false,
                priority = priority | 1, deaths = deaths + 1,
                execution_time = clock_timestamp() + random() * interval '5 seconds' * deaths
            """ + OURS + " AND last_heartbeat <= :seen";

    /** Who waits for the workspace of one that gives it back: the one of the highest priority that came first. */
    private static final String FIRST_BLOCKED = """
            (SELECT w.task_instance FROM ralph.queue w JOIN %s g ON g.holds AND w.workspace = g.workspace
            WHERE w.blocked AND NOT w.picked %s
            ORDER BY w.priority DESC, w.queued_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED)""";

    private static final String ROUSE =
            "UPDATE ralph.queue q SET execution_time = clock_timestamp(), blocked = false FROM %s next"
                    + " WHERE q.task_instance = next.task_instance";

    private static final String ROUSE_NEXT =
            ROUSE.formatted(FIRST_BLOCKED.formatted("ralph.queue", "AND g.task_instance = :entry"));

    private static final String REMOVE = "WITH gone AS (DELETE FROM ralph.queue" + OURS
            + " AND NOT woken RETURNING workspace, holds), roused AS ("
            + ROUSE.formatted(FIRST_BLOCKED.formatted("gone", ""))
            + " RETURNING 1) SELECT (SELECT count(*) FROM gone) AS gone, (SELECT count(*) FROM roused) AS roused";

    private final Database database;
    private final Database housekeeping;
    private final Dialect dialect;
    private final AtomicBoolean open = new AtomicBoolean();

    /**
     * The queue of a store.
     *
     * @param housekeeping gives connections that other work does not take: heartbeats wait for what is done on their thread
     */
    RunQueue(Database database, Database housekeeping, Dialect dialect) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.dialect = dialect;
    }

    /** The name of entries of runs whose state has this version. */
    static String taskName(int stateVersion) {
        return TASK + stateVersion;
    }

    /** From now on new runs and commands make entries; runs that have none get one. */
    void open() {
        // Open before: a run that is created meanwhile would be in neither. Whoever comes later adopts again, if this
        // fails.
        if (open.compareAndSet(false, true)) {
            try {
                database.single(handle -> handle.createUpdate(ADOPT).execute());
            } catch (RuntimeException e) {
                open.set(false);
                throw e;
            }
        }
    }

    boolean isOpen() {
        return open.get();
    }

    /** Part of the transaction that creates the run, after its row. */
    void created(Handle handle, NewRun run) {
        if (isOpen()) {
            change(handle, CREATE, run.id(), run.startDelay());
        }
    }

    /**
     * Part of the transaction that appends a command: somebody looks, even if this node dies. A node that does not work the
     * queue makes no entries, but brings those that are there forward.
     */
    void commanded(Handle handle, RunId run) {
        if (isOpen()) {
            change(handle, BRING_FORWARD, run, LOOK);
        } else if (dialect == Dialect.POSTGRESQL) {
            handle.createUpdate(BRING_KNOWN_FORWARD)
                    .bind("micros", Bound.number(LOOK.toNanos() / 1_000))
                    .bind("entry", Bound.text(run.toString()))
                    .execute();
        }
    }

    /** The run is due now, or at once after the stint that is at work. */
    void wake(RunId run) {
        database.single(handle -> change(handle, BRING_FORWARD, run, Duration.ZERO));
    }

    /** Entries that are due and not picked. */
    int due() {
        return database.read(handle -> handle.createQuery(
                        "SELECT count(*) FROM ralph.queue WHERE picked = false AND execution_time <= statement_timestamp()")
                .mapTo(Integer.class)
                .one());
    }

    /** What came of asking for a run's workspace. */
    enum Hold {
        HELD,
        /** Another run has it. */
        TAKEN,
        /** The entry is not ours any more: it was thought dead. */
        LOST
    }

    /** Takes the workspace for the run; again for one that has it. */
    Hold hold(QueueEntry entry) {
        try {
            return database.single(handle -> holdOrThrow(handle, entry)) == 1 ? Hold.HELD : Hold.LOST;
        } catch (WorkspaceTaken e) {
            return Hold.TAKEN;
        }
    }

    /**
     * Gives an entry back after a stint; due at once if the run was woken meanwhile.
     *
     * @return false if it was not ours any more, and nothing was changed
     */
    boolean putOff(QueueEntry entry, QueueEntry.Next next) {
        return next.delay() == null
                ? database.write(handle -> {
                    handle.createUpdate(ROUSE_NEXT).bind("entry", entry.run()).execute();
                    return putOff(handle, entry, next);
                })
                : database.single(handle -> putOff(handle, entry, next));
    }

    /**
     * Removes the entry of a run that has ended, and rouses the next run on its workspace. One that was woken meanwhile
     * stays, and is due at once.
     *
     * @return whether another run, or this one, is due now
     */
    boolean remove(QueueEntry entry) {
        Removal removal = database.single(handle -> handle.createQuery(REMOVE)
                .bind("entry", Bound.text(entry.run()))
                .bind("version", Bound.number(entry.version()))
                .map((row, context) -> new Removal(row.getInt("gone") == 1, row.getInt("roused") == 1))
                .one());
        return removal.gone ? removal.roused : putOff(entry, QueueEntry.Next.parked(Duration.ZERO));
    }

    /**
     * An entry whose node is dead is due again.
     *
     * @param seen its last heartbeat when it was found
     * @return false if it lives, or somebody else was quicker
     */
    boolean revive(QueueEntry entry, Instant seen) {
        return housekeeping.single(handle -> handle.createUpdate(REVIVE)
                        .bind("entry", Bound.text(entry.run()))
                        .bind("version", Bound.number(entry.version()))
                        .bind("seen", Bound.time(seen))
                        .execute()
                == 1);
    }

    private static int change(Handle handle, String sql, RunId run, Duration delay) {
        return handle.createUpdate(sql)
                .bind("micros", Bound.number(delay.toNanos() / 1_000))
                .bind("run", Bound.id(run.value()))
                .execute();
    }

    private static int holdOrThrow(Handle handle, QueueEntry entry) {
        try {
            return handle.createQuery(HOLD)
                    .bind("entry", Bound.text(entry.run()))
                    .bind("version", Bound.number(entry.version()))
                    .mapTo(Integer.class)
                    .one();
        } catch (JdbiException e) {
            if (SqlFailures.isUniqueViolation(e)) {
                throw new WorkspaceTaken();
            }
            throw e;
        }
    }

    private static boolean putOff(Handle handle, QueueEntry entry, QueueEntry.Next next) {
        Duration delay = next.delay();
        return handle.createUpdate(PUT_OFF)
                        .bind("name", Bound.text(next.taskName()))
                        .bind("micros", delay == null ? Bound.noNumber() : Bound.number(delay.toNanos() / 1_000))
                        .bind("keeps", Bound.flag(delay != null))
                        .bind("blocked", Bound.flag(next.blocked()))
                        .bind("inVain", Bound.flag(next.inVain()))
                        .bind("entry", Bound.text(entry.run()))
                        .bind("version", Bound.number(entry.version()))
                        .execute()
                == 1;
    }

    private record Removal(boolean gone, boolean roused) {}

    /** Rolls back, where a statement is a transaction. */
    private static final class WorkspaceTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WorkspaceTaken() {
            super(null, null, false, false);
        }
    }
}
