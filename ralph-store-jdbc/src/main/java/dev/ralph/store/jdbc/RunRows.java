/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads and locks runs' rows. Thread-safe. */
final class RunRows {

    /** Columns of a {@link RunSnapshot}. */
    static final String SNAPSHOT = """
            o.id, o.task_id, o.tenant, o.subject, o.status, o.reason, o.verification, o.detail, o.metadata, o.metrics, \
            o.created_at, o.updated_at, o.started_at, o.completed_at, o.wake_at, o.owner, o.version""";

    private static final String STORED = SNAPSHOT
            + ", o.state_version, o.state, o.epoch, o.commands_through, o.last_event, o.lease_until,"
            + " s.version AS spec_version, s.content AS spec";

    private static final String FIND =
            "SELECT " + STORED + " FROM ralph.orchestrations o JOIN ralph.specs s ON s.run_id = o.id WHERE o.id = :run"
                    + " AND o.erased_at IS NULL";

    private final RunDocuments documents;

    RunRows(RunDocuments documents) {
        this.documents = documents;
    }

    /**
     * Locks a run for the rest of the transaction. What has to hold of its other rows is to be asked in a statement after this
     * one: one that waits for the lock itself goes on to see them as they were before.
     *
     * @return whether it is there
     */
    static boolean lock(Handle handle, UUID run) {
        return handle.createQuery("SELECT 1 FROM ralph.orchestrations WHERE id = :run FOR UPDATE")
                .bind("run", run)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    Optional<StoredRun> find(Handle handle, RunId run) {
        return handle.createQuery(FIND)
                .bind("run", run.value())
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** In two statements: only the id tells which partition has the spec. */
    Optional<StoredRun> findByTask(Handle handle, String taskId) {
        return handle.createQuery("SELECT id FROM ralph.orchestrations WHERE task_id = :task")
                .bind("task", taskId)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(run -> find(handle, new RunId(run)));
    }

    RunSnapshot snapshot(ResultSet row) throws SQLException {
        JsonNode metadata = documents.parse(row.getString("metadata"));
        JsonNode metrics = documents.parse(row.getString("metrics"));
        return new RunSnapshot(
                new RunId(row.getObject("id", UUID.class)),
                row.getString("task_id"),
                row.getString("tenant"),
                row.getString("subject"),
                documents.labels(metadata),
                documents.agents(metadata),
                StoredName.get(row, "status", RunStatus.class),
                StoredName.orNull(row, "reason", StopReason.class),
                StoredName.get(row, "verification", Verification.class),
                row.getString("detail"),
                documents.progress(metrics),
                StoredTime.get(row, "created_at"),
                StoredTime.get(row, "updated_at"),
                StoredTime.orNull(row, "started_at"),
                StoredTime.orNull(row, "completed_at"),
                StoredTime.orNull(row, "wake_at"),
                row.getString("owner"),
                row.getLong("version"));
    }

    private StoredRun stored(ResultSet row) throws SQLException {
        return new StoredRun(
                snapshot(row),
                new Payload(row.getInt("spec_version"), row.getBytes("spec")),
                new Payload(row.getInt("state_version"), row.getBytes("state")),
                row.getLong("epoch"),
                row.getLong("commands_through"),
                row.getLong("last_event"),
                StoredTime.orNull(row, "lease_until"));
    }
}
