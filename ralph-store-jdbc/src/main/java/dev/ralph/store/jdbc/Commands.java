/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.Command;
import dev.ralph.spi.StoredCommand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What runs are told. Thread-safe. */
final class Commands {

    private static final String CANCEL = "CANCEL";
    private static final String PAUSE = "PAUSE";
    private static final String RESUME = "RESUME";
    private static final String GUIDE = "GUIDE";
    private static final String RETRY = "RETRY";

    private final Database database;
    private final RunQueue queue;
    private final AuditRows audit;
    private final String insert;

    Commands(Database database, Dialect dialect, RunQueue queue, AuditRows audit) {
        this.database = database;
        this.queue = queue;
        this.audit = audit;
        insert = """
                INSERT INTO ralph.commands (run_id, number, command_id, kind, content, received_at)
                VALUES (:run, :number, :id, :kind, :content, %s)""".formatted(dialect.clock());
    }

    /** Refuses what no database keeps. */
    static void require(Command command) {
        if (command instanceof Command.Guide guide) {
            StorableText.require("guidance", guide.text());
        }
    }

    /**
     * Appends a command that has its stored form.
     *
     * @param key what it is sealed with; null if nothing is. Another than the run's is refused
     */
    long append(RunId run, UUID id, Command command, @Nullable DataKey key, List<AuditEntry> told) {
        return database.write(handle -> {
            Row row = lock(handle, run);
            Optional<Long> known = numberOf(handle, run, id);
            if (known.isPresent()) {
                return known.get();
            }
            boolean retry = command instanceof Command.Retry;
            if (row.status.isFinal() ? !(retry && row.deadLetter) : retry) {
                throw new RunStateException("run " + run + " is " + row.status + " and takes no "
                        + (retry ? "retry: only one that was dead-lettered does" : "more commands"));
            }
            if (!Objects.equals(row.dataKey, DataKey.idOf(key))) {
                throw new StoreUnavailableException(
                        "run " + run + " got its key just now; nothing was written, repeat the call");
            }
            long number = row.lastCommand + 1;
            insert(handle, run, number, id, command);
            handle.createUpdate("UPDATE ralph.orchestrations SET commands_last = :number WHERE id = :run")
                    .bind("number", number)
                    .bind("run", run.value())
                    .execute();
            queue.commanded(handle, run);
            audit.insert(handle, told);
            return number;
        });
    }

    List<StoredCommand> after(RunId run, long number) {
        return database.read(handle -> handle.createQuery("""
                        SELECT number, kind, content, received_at FROM ralph.commands
                        WHERE run_id = :run AND number > :number ORDER BY number""")
                .bind("run", run.value())
                .bind("number", number)
                .map((row, context) ->
                        new StoredCommand(row.getLong("number"), command(row), StoredTime.get(row, "received_at")))
                .list());
    }

    private static Row lock(Handle handle, RunId run) {
        return handle.createQuery("SELECT status, reason, commands_last, data_key FROM ralph.orchestrations"
                        + " WHERE id = :run AND erased_at IS NULL FOR UPDATE")
                .bind("run", run.value())
                .map((row, context) -> new Row(
                        StoredName.get(row, "status", RunStatus.class),
                        StopReason.DEAD_LETTERED.name().equals(row.getString("reason")),
                        row.getLong("commands_last"),
                        row.getObject("data_key", UUID.class)))
                .findOne()
                .orElseThrow(() -> new RunNotFoundException(
                        "there is no run " + run + "; use the id that submit or list returned"));
    }

    private static Optional<Long> numberOf(Handle handle, RunId run, UUID id) {
        return handle.createQuery("SELECT number FROM ralph.commands WHERE run_id = :run AND command_id = :id")
                .bind("run", run.value())
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
    }

    private void insert(Handle handle, RunId run, long number, UUID id, Command command) {
        handle.createUpdate(insert)
                .bind("run", run.value())
                .bind("number", number)
                .bind("id", id)
                .bind("kind", kind(command))
                .bind("content", content(command))
                .execute();
    }

    private static String kind(Command command) {
        if (command instanceof Command.Cancel) {
            return CANCEL;
        } else if (command instanceof Command.Pause) {
            return PAUSE;
        } else if (command instanceof Command.Resume) {
            return RESUME;
        } else if (command instanceof Command.Guide) {
            return GUIDE;
        } else if (command instanceof Command.Retry) {
            return RETRY;
        }
        throw new IllegalStateException("a command this store does not know: " + command.getClass());
    }

    private static byte @Nullable [] content(Command command) {
        return command instanceof Command.Guide guide ? StorableText.bytes(guide.text()) : null;
    }

    private static Command command(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return switch (kind) {
            case CANCEL -> new Command.Cancel();
            case PAUSE -> new Command.Pause();
            case RESUME -> new Command.Resume();
            case RETRY -> new Command.Retry();
            case GUIDE -> new Command.Guide(StorableText.text(row.getBytes("content")));
            default ->
                throw new StoreException(
                        "command '" + kind + "' was written by a newer version of Ralph; update this node");
        };
    }

    private record Row(
            RunStatus status,
            boolean deadLetter,
            long lastCommand,
            @Nullable UUID dataKey) {}
}
