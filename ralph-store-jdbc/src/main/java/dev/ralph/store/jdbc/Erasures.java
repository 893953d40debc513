/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.RunStateException;
import dev.ralph.audit.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Erases what runs say of a subject: their content, their labels and names. What they cost, how they ended and when stays.
 * Thread-safe; may be repeated at any time, and goes on where it stopped.
 */
final class Erasures {

    private static final int MOST_NAMED = 5;
    private static final int BATCH = 100;

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
    private final String ended;
    private final String unfinished;
    private final String eraseRun;

    Erasures(Database database, Dialect dialect, RunDocuments documents, DataKeys keys, AuditRows audit) {
        this.database = database;
        this.documents = documents;
        this.keys = keys;
        this.audit = audit;
        // Nobody works on it, and nobody told it to go on.
        String over = "o.status IN " + StatusSql.ENDED + " AND (o.lease_until IS NULL OR o.lease_until <= "
                + dialect.clock() + ")" + Retention.NOT_RETRIED;
        ended = "SELECT o.id FROM ralph.orchestrations o WHERE o.subject = :subject AND " + over + " LIMIT " + BATCH;
        unfinished = "SELECT o.id FROM ralph.orchestrations o WHERE o.subject = :subject AND NOT (" + over
                + ") ORDER BY o.id LIMIT " + MOST_NAMED;
        eraseRun = """
                UPDATE ralph.orchestrations o SET
                    subject = NULL, task_id = NULL, detail = NULL, workspace = NULL, metadata = %s, state = :nothing,
                    owner = NULL, lease_token = NULL, lease_until = NULL, erased_at = %s
                WHERE o.id = :run AND o.subject = :subject AND %s""".formatted(dialect.json(":metadata"), dialect.clock(), over);
    }

    /**
     * Erases.
     *
     * @param each is told of each run that was
     * @return how many runs
     */
    int erase(String subject, List<AuditEntry> told, Consumer<RunId> each) {
        database.read(handle -> requireEnded(handle, subject, 0));
        int erased = 0;
        List<UUID> runs;
        do {
            runs = database.read(handle -> ended(handle, subject));
            for (UUID run : runs) {
                if (database.write(handle -> erase(handle, run, subject)) == 1) {
                    erased++;
                    each.accept(new RunId(run));
                }
            }
        } while (runs.size() == BATCH);
        int before = erased;
        List<RunId> late = database.write(handle -> {
            // Whoever creates a run holds its key until the run is committed: none comes in between unseen.
            keys.destroy(handle, subject);
            List<RunId> missed = eraseAll(handle, subject);
            requireEnded(handle, subject, before);
            audit.insert(handle, told);
            return missed;
        });
        keys.forget();
        late.forEach(each);
        return erased + late.size();
    }

    private List<RunId> eraseAll(Handle handle, String subject) {
        List<RunId> erased = new ArrayList<>();
        List<UUID> runs;
        do {
            runs = ended(handle, subject);
            for (UUID run : runs) {
                if (erase(handle, run, subject) == 1) {
                    erased.add(new RunId(run));
                }
            }
        } while (runs.size() == BATCH);
        return erased;
    }

    private List<UUID> ended(Handle handle, String subject) {
        return handle.createQuery(ended)
                .bind("subject", subject)
                .mapTo(UUID.class)
                .list();
    }

    /** It may be told to go on meanwhile. */
    private int erase(Handle handle, UUID run, String subject) {
        if (!RunRows.lock(handle, run)) {
            return 0;
        }
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

    private boolean requireEnded(Handle handle, String subject, int erased) {
        List<String> found = handle.createQuery(unfinished)
                .bind("subject", subject)
                .map((row, context) -> new RunId(row.getObject("id", UUID.class)).toString())
                .list();
        if (!found.isEmpty()) {
            throw new RunStateException("runs of the subject have not ended (" + String.join(", ", found)
                    + (found.size() == MOST_NAMED ? ", …" : "") + "); cancel them and wait for their end; "
                    + (erased == 0
                            ? "nothing was erased"
                            : erased + " runs that had ended were erased, and its keys are still there"));
        }
        return true;
    }
}
