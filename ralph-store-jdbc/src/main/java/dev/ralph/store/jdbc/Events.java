/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Runs' events. Thread-safe. */
final class Events {

    private final Database database;

    Events(Database database) {
        this.database = database;
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

    void insert(Handle handle, RunId run, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO ralph.events (run_id, seq, event_type, happened_at, version, content)
                VALUES (:run, :seq, :type, :at, :version, :content)""");
        for (StoredEvent event : events) {
            batch.bind("run", Bound.id(run.value()))
                    .bind("seq", Bound.number(event.seq()))
                    .bind("type", Bound.text(event.type()))
                    .bind("at", Bound.time(event.at()))
                    .bind("version", Bound.number(event.payload().version()))
                    .bind("content", Bound.bytes(event.payload().bytes()))
                    .add();
        }
        batch.execute();
    }
}
