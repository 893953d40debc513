/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** Runs' events. Thread-safe. */
final class Events {

    private static final String INSERT = """
        INSERT INTO ralph.events (run_id, seq, event_type, happened_at, version, content)
        VALUES (:run, :seq, :type, :at, :version, :content)""";

    private final Database database;
    private final AuditRows audit;
    private final String insertAudited;

    Events(Database database, AuditRows audit) {
        this.database = database;
        this.audit = audit;
        insertAudited = audit.with(INSERT);
    }

    List<StoredEvent> after(RunId run, long seq, int max) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, event_type, happened_at, version, content FROM ralph.events
                        WHERE run_id = :run AND seq > :seq ORDER BY seq LIMIT :max""")
                .bind("run", run.value())
                .bind("seq", seq)
                .bind("max", max)
                .map((row, context) -> new StoredEvent(
                        row.getLong("seq"),
                        row.getString("event_type"),
                        StoredTime.get(row, "happened_at"),
                        new Payload(row.getInt("version"), row.getBytes("content"))))
                .list());
    }

    /** Inserts events and what the audit trail is told of them: an entry goes along with an event, in one round trip. */
    void insert(Handle handle, RunId run, List<StoredEvent> events, List<AuditEntry> told) {
        int together = audit.goesWithOthers() ? Math.min(events.size(), told.size()) : 0;
        for (int i = 0; i < together; i++) {
            audit.bind(bind(handle.createUpdate(insertAudited), run, events.get(i)), told.get(i))
                    .execute();
        }
        insert(handle, run, events.subList(together, events.size()));
        audit.insert(handle, told.subList(together, told.size()));
    }

    private void insert(Handle handle, RunId run, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (StoredEvent event : events) {
            bind(batch, run, event).add();
        }
        batch.execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, RunId run, StoredEvent event) {
        return statement
                .bind("run", Bound.id(run.value()))
                .bind("seq", Bound.number(event.seq()))
                .bind("type", Bound.text(event.type()))
                .bind("at", Bound.time(event.at()))
                .bind("version", Bound.number(event.payload().version()))
                .bind("content", Bound.bytes(event.payload().bytes()));
    }
}
