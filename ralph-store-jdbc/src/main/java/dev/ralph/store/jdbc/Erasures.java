/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.RunStateException;
import dev.ralph.audit.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Erases what runs say of a subject: their content, their labels and names. What they cost, how they ended and when stays.
 * Thread-safe; may be repeated at any time, and goes on where it stopped.
 */
final class Erasures {

    private static final int MOST_NAMED = 5;
    private static final int BATCH = 100;

    private static final String UNFINISHED =
            "SELECT id FROM ralph.orchestrations WHERE subject = :subject AND status IN " + StatusSql.UNFINISHED
                    + " ORDER BY id LIMIT " + MOST_NAMED;

    private static final String ENDED = "SELECT id FROM ralph.orchestrations WHERE subject = :subject AND status IN "
            + StatusSql.ENDED + " LIMIT " + BATCH;

    private static final List<String> CONTENT = List.of(
            "DELETE FROM ralph.run_labels WHERE run_id = :run",
            "DELETE FROM ralph.events WHERE run_id = :run",
            "DELETE FROM ralph.commands WHERE run_id = :run",
            "DELETE FROM ralph.gates WHERE run_id = :run",
            "DELETE FROM ralph.iterations WHERE run_id = :run",
            "DELETE FROM ralph.checkpoints WHERE run_id = :run",
            "UPDATE ralph.attempts SET message = NULL, output_ref = NULL WHERE run_id = :run",
            "UPDATE ralph.specs SET content = :nothing WHERE run_id = :run");

    private final Database database;
    private final RunDocuments documents;
    private final DataKeys keys;
    private final AuditRows audit;
    private final String eraseRun;

    Erasures(Database database, Dialect dialect, RunDocuments documents, DataKeys keys, AuditRows audit) {
        this.database = database;
        this.documents = documents;
        this.keys = keys;
        this.audit = audit;
        eraseRun = """
                UPDATE ralph.orchestrations SET
                    subject = NULL, task_id = NULL, detail = NULL, workspace = NULL, metadata = %s, state = :nothing,
                    commands_last = commands_through, version = version + 1, erased_at = %s
                WHERE id = :run AND subject = :subject AND status IN %s""".formatted(dialect.json(":metadata"), dialect.clock(), StatusSql.ENDED);
    }

    int erase(String subject, List<AuditEntry> told) {
        database.change(handle -> {
            // Whoever creates a run holds the key until it commits: none can come in between unseen.
            keys.destroy(handle, subject);
            requireEnded(handle, subject);
        });
        keys.forget();
        int erased = 0;
        List<UUID> runs;
        do {
            runs = database.read(handle -> handle.createQuery(ENDED)
                    .bind("subject", subject)
                    .mapTo(UUID.class)
                    .list());
            for (UUID run : runs) {
                erased += database.write(handle -> erase(handle, run, subject));
            }
        } while (runs.size() == BATCH);
        database.change(handle -> audit.insert(handle, told));
        return erased;
    }

    private int erase(Handle handle, UUID run, String subject) {
        List<String> agents = handle.createQuery(
                        "SELECT agent FROM ralph.run_agents WHERE run_id = :run ORDER BY agent")
                .bind("run", run)
                .mapTo(String.class)
                .list();
        int erased = handle.createUpdate(eraseRun)
                .bind("run", run)
                .bind("subject", subject)
                .bind("metadata", documents.metadata(Map.of(), agents))
                .bind("nothing", new byte[0])
                .execute();
        if (erased == 1) {
            for (String statement : CONTENT) {
                handle.createUpdate(statement)
                        .bind("run", run)
                        .bind("nothing", new byte[0])
                        .execute();
            }
        }
        return erased;
    }

    private static void requireEnded(Handle handle, String subject) {
        List<String> unfinished = handle.createQuery(UNFINISHED)
                .bind("subject", subject)
                .map((row, context) -> new RunId(row.getObject("id", UUID.class)).toString())
                .list();
        if (!unfinished.isEmpty()) {
            throw new RunStateException("runs of the subject have not ended (" + String.join(", ", unfinished)
                    + (unfinished.size() == MOST_NAMED ? ", …" : "")
                    + "); cancel them and wait for their end; nothing was erased");
        }
    }
}
