/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.log.LogText;
import dev.ralph.spi.Payload;
import dev.ralph.store.jdbc.Seals.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals runs from before there were keys, each in a transaction of its own, while nobody works on it. Thread-safe; any node
 * may, also at once with others.
 */
final class ClearRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ClearRuns.class);

    private static final int BATCH = 100;

    private static final Columns SPECS = new Columns("specs", List.of(), List.of("content"), List.of("version"));
    private static final Columns EVENTS =
            new Columns("events", List.of("seq"), List.of("content"), List.of("event_type", "version"));
    private static final Columns COMMANDS = new Columns("commands", List.of("number"), List.of("content"), List.of());
    private static final Columns ITERATIONS =
            new Columns("iterations", List.of("iteration"), List.of("output_preview"), List.of());
    private static final Columns ATTEMPTS =
            new Columns("attempts", List.of("iteration", "attempt"), List.of("message"), List.of());
    private static final Columns GATES = new Columns(
            "gates", List.of("iteration", "step", "ordinal"), List.of("gate", "feedback"), List.of("passed"));

    private static final String IDLE = " AND (lease_until IS NULL OR lease_until <= %s) AND erased_at IS NULL";

    private final Database database;
    private final DataKeys keys;
    private final Seals seals;
    private final String find;
    private final String look;
    private final String lock;

    ClearRuns(Database database, Dialect dialect, DataKeys keys, Seals seals) {
        this.database = database;
        this.keys = keys;
        this.seals = seals;
        String idle = IDLE.formatted(dialect.clock());
        find = "SELECT id FROM ralph.orchestrations WHERE data_key IS NULL AND id > :after" + idle
                + " ORDER BY id LIMIT " + BATCH;
        look = "SELECT subject FROM ralph.orchestrations WHERE id = :run AND data_key IS NULL" + idle;
        lock = "SELECT state_version, state, detail FROM ralph.orchestrations WHERE id = :run AND data_key IS NULL"
                + idle + " FOR UPDATE";
    }

    /** Whether there are any, worked on or not. */
    static boolean areThere(Handle handle) {
        return handle.createQuery(
                        "SELECT 1 FROM ralph.orchestrations WHERE data_key IS NULL AND erased_at IS NULL LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Seals all that nobody works on. */
    Upkeep seal() {
        Upkeep done = Upkeep.NOTHING;
        List<UUID> found;
        UUID after = new UUID(0, 0);
        do {
            UUID begin = after;
            found = database.read(handle -> handle.createQuery(find)
                    .bind("after", begin)
                    .mapTo(UUID.class)
                    .list());
            for (UUID run : found) {
                done = trySeal(new RunId(run), done);
                after = run;
            }
        } while (found.size() == BATCH);
        return done;
    }

    /** One that cannot be sealed must not keep others from it. */
    private Upkeep trySeal(RunId run, Upkeep done) {
        try {
            return done.and(seal(run) ? 1 : 0, true);
        } catch (KeyGoneException | StoreException e) {
            LOG.warn("Run {} could not be encrypted, which is tried again: {}", run, LogText.line(e.getMessage()));
            return done.and(0, false);
        }
    }

    /**
     * Seals a run if it is in clear and nobody works on it.
     *
     * @return whether it did
     */
    boolean seal(RunId run) {
        Optional<Optional<String>> clear = database.read(handle -> handle.createQuery(look)
                .bind("run", run.value())
                .map((row, context) -> Optional.ofNullable(row.getString("subject")))
                .findOne());
        if (clear.isEmpty()) {
            return false;
        }
        String subject = clear.get().orElse(null);
        DataKey key = keys.forNew(subject);
        return database.write(handle -> {
            keys.hold(handle, key, subject);
            return seal(handle, run, key);
        });
    }

    private boolean seal(Handle handle, RunId run, DataKey key) {
        Optional<Row> found = handle.createQuery(lock)
                .bind("run", run.value())
                .map((columns, context) -> new Row(
                        new Payload(columns.getInt("state_version"), columns.getBytes("state")),
                        columns.getString("detail")))
                .findOne();
        if (found.isEmpty()) {
            return false;
        }
        Content content = new Content(run, key);
        handle.createUpdate(
                        "UPDATE ralph.orchestrations SET data_key = :key, state = :state, detail = :detail WHERE id = :run")
                .bind("key", key.id())
                .bind(
                        "state",
                        content.bytes(
                                ContentForm.versioned(
                                        ContentForm.STATE, found.get().state.version()),
                                found.get().state.bytes()))
                .bind("detail", content.text(ContentForm.DETAIL, found.get().detail))
                .bind("run", run.value())
                .execute();
        SPECS.each(
                handle,
                run,
                (row, update) -> update.bind(
                        "content",
                        content.bytes(ContentForm.versioned(ContentForm.SPEC, row.getInt("version")), row, "content")));
        EVENTS.each(
                handle,
                run,
                (row, update) -> update.bind(
                        "content",
                        content.bytes(
                                ContentForm.versioned(
                                        ContentForm.event(row.getLong("seq"), row.getString("event_type")),
                                        row.getInt("version")),
                                row,
                                "content")));
        COMMANDS.each(
                handle,
                run,
                (row, update) -> update.bind("content", content.encoded(ContentForm.GUIDANCE, row, "content")));
        ITERATIONS.each(handle, run, (row, update) -> {
            String name = RecordTexts.preview(row.getInt("iteration"));
            update.bind("output_preview", content.encoded(name, row, "output_preview"));
        });
        ATTEMPTS.each(handle, run, (row, update) -> {
            String name = RecordTexts.message(row.getInt("iteration"), row.getInt("attempt"));
            update.bind("message", content.text(name, row.getString("message")));
        });
        GATES.each(handle, run, (row, update) -> {
            int iteration = row.getInt("iteration");
            update.bind("gate", content.text(RecordTexts.gateName(iteration), row.getString("gate")));
            String feedback = RecordTexts.feedback(iteration, row.getBoolean("passed"));
            update.bind("feedback", content.encoded(feedback, row, "feedback"));
        });
        return true;
    }

    private record Row(Payload state, @Nullable String detail) {}

    /** Seals what a run has. */
    private final class Content {

        private final RunId run;
        private final DataKey key;

        Content(RunId run, DataKey key) {
            this.run = run;
            this.key = key;
        }

        byte[] bytes(String name, byte[] clear) {
            return seals.seal(key, Place.of(run, name), clear);
        }

        byte[] bytes(String name, ResultSet row, String column) throws SQLException {
            return bytes(name, row.getBytes(column));
        }

        @Nullable String text(String name, @Nullable String clear) {
            return clear == null ? null : seals.seal(key, Place.of(run, name), clear);
        }

        /** Of a text that is kept as bytes. */
        byte @Nullable [] encoded(String name, ResultSet row, String column) throws SQLException {
            byte[] clear = row.getBytes(column);
            return clear == null
                    ? null
                    : StorableText.bytes(seals.seal(key, Place.of(run, name), StorableText.text(clear)));
        }
    }

    /** Binds what is sealed of a row. */
    @FunctionalInterface
    private interface Sealing {
        void bind(ResultSet row, Update sealed) throws SQLException;
    }

    /**
     * What a table of runs has of content.
     *
     * @param key which of the run's rows it is
     * @param besides what else is needed to seal it
     */
    private record Columns(String table, List<String> key, List<String> content, List<String> besides) {

        private static final int FETCH = 50;

        void each(Handle handle, RunId run, Sealing sealing) {
            String read = Stream.of(key, content, besides).flatMap(List::stream).collect(Collectors.joining(", "));
            String update = "UPDATE ralph." + table + " SET " + assigned(content, ", ") + " WHERE run_id = :run"
                    + (key.isEmpty() ? "" : " AND " + assigned(key, " AND "));
            handle.createQuery("SELECT " + read + " FROM ralph." + table + " WHERE run_id = :run")
                    .bind("run", run.value())
                    .setFetchSize(FETCH)
                    .map((row, context) -> {
                        Update sealed = handle.createUpdate(update).bind("run", run.value());
                        for (String column : key) {
                            sealed.bind(column, row.getLong(column));
                        }
                        sealing.bind(row, sealed);
                        return sealed;
                    })
                    .forEach(Update::execute);
        }

        private static String assigned(List<String> columns, String separator) {
            return columns.stream().map(column -> column + " = :" + column).collect(Collectors.joining(separator));
        }
    }
}
