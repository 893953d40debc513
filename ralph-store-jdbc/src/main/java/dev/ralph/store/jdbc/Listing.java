/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.log.LogText;
import dev.ralph.store.ListPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists runs, newest first. The first of label, agent and run that the query asks for leads: its index has the time beside
 * it, so a page reads about as many rows as it shows. Thread-safe.
 */
final class Listing {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

    private final Database database;
    private final RunRows rows;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Lists by way of {@code database}.
     *
     * @param database may be a copy that is read only
     */
    Listing(Database database, RunRows rows) {
        this.database = database;
        this.rows = rows;
    }

    Page<RunSnapshot> list(RunQuery query) {
        String after = query.after();
        Statement statement = statement(query, after == null ? null : ListPosition.parse(after));
        if (!statement.canMatch()) {
            return new Page<>(List.of(), null);
        }
        List<Row> found = database.read(handle -> handle.createQuery(statement.sql)
                .bindMap(statement.values)
                .map((row, context) -> row(row))
                .list());
        List<Row> page = found.subList(0, Math.min(found.size(), query.limit()));
        return new Page<>(
                page.stream().flatMap(row -> row.run().stream()).toList(),
                found.size() <= query.limit()
                        ? null
                        : page.get(page.size() - 1).position().cursor());
    }

    /** A run that a newer node ended in a way this one has no name for is left out of the page, which goes on behind it. */
    private Row row(ResultSet row) throws SQLException {
        ListPosition position =
                new ListPosition(StoredTime.get(row, "created_at"), new RunId(row.getObject("id", UUID.class)));
        try {
            return new Row(position, Optional.of(rows.snapshot(row)));
        } catch (UnknownNameException e) {
            if (!warned.getAndSet(true)) {
                LOG.warn(
                        "Runs are left out of listings on this node, {} for one: {}",
                        position.run(),
                        LogText.line(e.getMessage()));
            }
            return new Row(position, Optional.empty());
        }
    }

    private record Row(ListPosition position, Optional<RunSnapshot> run) {}

    private static Statement statement(RunQuery query, @Nullable ListPosition after) {
        Draft draft = new Draft();
        int number = 0;
        for (Map.Entry<String, String> label : new TreeMap<>(query.labels()).entrySet()) {
            draft.join("ralph.run_labels", "l" + number);
            draft.where("l" + number + ".name = :name" + number, "name" + number, label.getKey());
            draft.where("l" + number + ".label = :label" + number, "label" + number, label.getValue());
            number++;
        }
        if (query.agent() != null) {
            draft.join("ralph.run_agents", "a");
            draft.where("a.agent = :agent", "agent", query.agent());
        }
        draft.joinRuns();
        if (query.tenant() != null) {
            draft.where("o.tenant = :tenant", "tenant", query.tenant());
        }
        if (query.subject() != null) {
            draft.where("o.subject = :subject", "subject", query.subject());
        }
        draft.whereAny("o.status", "status", statuses(query));
        draft.whereAny("o.reason", "reason", query.reasons());
        if (query.createdFrom() != null) {
            draft.where(draft.created() + " >= :from", "from", StoredTime.of(query.createdFrom()));
        }
        if (query.createdBefore() != null) {
            draft.where(draft.created() + " < :before", "before", StoredTime.of(query.createdBefore()));
        }
        if (after != null) {
            // The first condition says nothing new; it lets H2 begin in its index.
            draft.where(draft.created() + " <= :afterTime", "afterTime", StoredTime.of(after.createdAt()));
            draft.where(
                    "(" + draft.created() + ", " + draft.run() + ") < (:afterTime, :afterRun)",
                    "afterRun",
                    after.run().value());
        }
        return draft.finish(query.limit() + 1);
    }

    /** A reason implies a status, by which there is an index. */
    private static Set<RunStatus> statuses(RunQuery query) {
        return query.statuses().isEmpty()
                ? query.reasons().stream().map(StopReason::status).collect(Collectors.toSet())
                : query.statuses();
    }

    private record Statement(String sql, Map<String, Object> values) {

        /** No row has a text that cannot be stored; the database would refuse to look for it. */
        boolean canMatch() {
            return values.values().stream()
                    .allMatch(value -> !(value instanceof String text) || StorableText.canBeThere(text));
        }
    }

    /** Only fixed texts become SQL; what the caller gave is bound. */
    private static final class Draft {

        private final StringBuilder from = new StringBuilder();
        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();
        private String lead = "o";

        void join(String table, String alias) {
            if (from.isEmpty()) {
                lead = alias;
                from.append(table).append(' ').append(alias);
            } else {
                from.append(" JOIN ")
                        .append(table)
                        .append(' ')
                        .append(alias)
                        .append(" ON ")
                        .append(alias)
                        .append(".run_id = ")
                        .append(run());
            }
        }

        void joinRuns() {
            if (from.isEmpty()) {
                from.append("ralph.orchestrations o");
            } else {
                from.append(" JOIN ralph.orchestrations o ON o.id = ").append(run());
            }
        }

        void where(String condition, String name, @Nullable Object value) {
            conditions.add(condition);
            values.put(name, value);
        }

        void whereAny(String column, String prefix, Set<? extends Enum<?>> wanted) {
            List<String> names = new ArrayList<>();
            for (String value : wanted.stream().map(Enum::name).sorted().toList()) {
                String name = prefix + names.size();
                names.add(":" + name);
                values.put(name, value);
            }
            if (!names.isEmpty()) {
                conditions.add(column + " IN (" + String.join(", ", names) + ")");
            }
        }

        String created() {
            return lead + ".created_at";
        }

        String run() {
            return lead.equals("o") ? "o.id" : lead + ".run_id";
        }

        Statement finish(int limit) {
            values.put("limit", limit);
            String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
            return new Statement(
                    "SELECT " + RunRows.SNAPSHOT + " FROM " + from + where + " ORDER BY " + created() + " DESC, "
                            + run() + " DESC LIMIT :limit",
                    values);
        }
    }
}
