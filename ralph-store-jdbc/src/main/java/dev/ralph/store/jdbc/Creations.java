/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunProgress;
import dev.ralph.RunStatus;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.Verification;
import dev.ralph.spi.Creation;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.StoredRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Stores new runs. Thread-safe. */
final class Creations {

    /** What the guide's column says of a run that names no agent. */
    private static final String AUTO = "auto";

    private static final String INSERT_SPEC =
            "INSERT INTO ralph.specs (run_id, version, content) VALUES (:run, :version, :content)";

    private final Database database;
    private final RunRows rows;
    private final RunDocuments documents;
    private final Events events;
    private final RunQueue queue;
    private final DataKeys keys;
    private final String insertRun;
    private final String insertClearSpec;

    Creations(
            Database database,
            Dialect dialect,
            RunRows rows,
            RunDocuments documents,
            Events events,
            RunQueue queue,
            DataKeys keys) {
        this.database = database;
        this.rows = rows;
        this.documents = documents;
        this.events = events;
        this.queue = queue;
        this.keys = keys;
        insertRun =
                """
                INSERT INTO ralph.orchestrations (
                    id, task_id, tenant, subject, agent_type, status, verification, created_at, updated_at, wake_at,
                    metadata, metrics, epoch, version, state_version, state, commands_last, commands_through, last_event,
                    priority, workspace, data_key)
                VALUES (
                    :id, :task, :tenant, :subject, :agentType, :status, :verification, :created, :created,
                    CASE WHEN :delayed THEN %s END, %s, %s, 0, 0, :stateVersion, :state, 0, 0, 1, :priority, :workspace, :dataKey)""".formatted(dialect.clockPlusMicros(":micros"), dialect.json(":metadata"), dialect.json(":metrics"))
                        + dialect.unlessThere();
        // The lock is for the node that makes the first key: it waits for the end of this transaction.
        insertClearSpec = "INSERT INTO ralph.specs (run_id, version, content) SELECT :run, :version, :content"
                + " WHERE NOT EXISTS (SELECT 1 FROM ralph.data_keys"
                + (dialect == Dialect.POSTGRESQL ? " FOR KEY SHARE)" : ")");
    }

    /**
     * Stores a run that has its stored form.
     *
     * @param key what it is sealed with; null if nothing is
     * @throws KeyGoneException if the key is gone
     */
    Creation create(NewRun run, @Nullable DataKey key) {
        Creation creation = insert(run, key);
        if (creation != null) {
            return creation;
        }
        // Whoever was first has committed by now, or the insert would still wait.
        Optional<StoredRun> known = database.read(handle -> known(handle, run));
        return new Creation(
                known.orElseThrow(() -> new StoreUnavailableException("run " + run.id()
                        + " met another one with its id or task id, which is gone again; submit it once more")),
                false);
    }

    /** Null if the run's id or task id is taken. */
    private @Nullable Creation insert(NewRun run, @Nullable DataKey key) {
        try {
            return database.write(handle -> {
                if (key != null) {
                    keys.hold(handle, key, run.subject());
                }
                if (!insertRun(handle, run, key)) {
                    return null;
                }
                insertSpec(handle, run, key);
                insertTerms(handle, run);
                events.insert(handle, run.id(), List.of(run.submitted()), run.audit());
                queue.created(handle, run);
                return new Creation(rows.find(handle, run.id()).orElseThrow(), true);
            });
        } catch (KeyTaken taken) {
            return null;
        }
    }

    private boolean insertRun(Handle handle, NewRun run, @Nullable DataKey key) {
        try {
            return handle.createUpdate(insertRun)
                            .bind("id", run.id().value())
                            .bind("task", run.taskId())
                            .bind("tenant", run.tenant())
                            .bind("subject", run.subject())
                            .bind(
                                    "agentType",
                                    run.agents().isEmpty() ? AUTO : run.agents().get(0))
                            .bind("status", RunStatus.QUEUED.name())
                            .bind("verification", Verification.NONE.name())
                            .bind("created", StoredTime.of(run.createdAt()))
                            .bind("delayed", !run.startDelay().isZero())
                            .bind("micros", run.startDelay().toNanos() / 1_000)
                            .bind("metadata", documents.metadata(run.labels(), run.agents()))
                            .bind("metrics", documents.metrics(RunProgress.NONE))
                            .bind("stateVersion", run.state().version())
                            .bind("state", run.state().bytes())
                            .bind("priority", run.priority())
                            .bind("workspace", Bound.idOrNull(WorkspaceKey.of(run.workspace())))
                            .bind("dataKey", Bound.idOrNull(DataKey.idOf(key)))
                            .execute()
                    == 1;
        } catch (JdbiException e) {
            if (SqlFailures.isUniqueViolation(e)) {
                throw new KeyTaken();
            }
            throw e;
        }
    }

    /** Refuses to write in clear where others do not any more. */
    private void insertSpec(Handle handle, NewRun run, @Nullable DataKey key) {
        int inserted = handle.createUpdate(key == null ? insertClearSpec : INSERT_SPEC)
                .bind("run", run.id().value())
                .bind("version", run.spec().version())
                .bind("content", run.spec().bytes())
                .execute();
        if (inserted == 0) {
            throw new StoreException(
                    "run " + run.id() + " was not stored: content of this database is encrypted by now,"
                            + " and this node has no key; set ENCRYPTION_KEY as its other nodes have it, and start it again");
        }
    }

    /** By what it is found, with the time, so that an index gives the newest first. */
    private static void insertTerms(Handle handle, NewRun run) {
        if (!run.agents().isEmpty()) {
            PreparedBatch agents = handle.prepareBatch(
                    "INSERT INTO ralph.run_agents (run_id, agent, created_at) VALUES (:run, :agent, :created)");
            new LinkedHashSet<>(run.agents())
                    .forEach(agent -> agents.bind("run", run.id().value())
                            .bind("agent", agent)
                            .bind("created", StoredTime.of(run.createdAt()))
                            .add());
            agents.execute();
        }
        if (!run.labels().isEmpty()) {
            PreparedBatch labels = handle.prepareBatch("""
                    INSERT INTO ralph.run_labels (run_id, name, label, created_at)
                    VALUES (:run, :name, :label, :created)""");
            run.labels()
                    .forEach((name, label) -> labels.bind("run", run.id().value())
                            .bind("name", name)
                            .bind("label", label)
                            .bind("created", StoredTime.of(run.createdAt()))
                            .add());
            labels.execute();
        }
    }

    private Optional<StoredRun> known(Handle handle, NewRun run) {
        Optional<StoredRun> byId = rows.find(handle, run.id());
        String task = run.taskId();
        return byId.isPresent() || task == null ? byId : rows.findByTask(handle, task);
    }

    /** Refuses what no database keeps. */
    static void require(NewRun run) {
        StorableText.requireKey("taskId", run.taskId());
        StorableText.requireKey("tenant", run.tenant());
        StorableText.requireKey("subject", run.subject());
        run.agents().forEach(agent -> StorableText.requireKey("agent", agent));
        run.labels().forEach((name, label) -> {
            StorableText.requireKey("label name", name);
            StorableText.requireKey("label", label);
        });
        StorableText.requireKey("submitted.type", run.submitted().type());
    }

    /** Rolls the transaction back, where the database cannot insert conditionally. */
    private static final class KeyTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyTaken() {
            super(null, null, false, false);
        }
    }
}
