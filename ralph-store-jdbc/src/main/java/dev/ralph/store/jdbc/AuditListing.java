/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.Page;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists entries of the audit trail by their ids. Thread-safe. */
final class AuditListing {

    private final Database database;
    private final AuditRows rows;

    /**
     * Lists by way of {@code database}.
     *
     * @param database may be a copy that is read only
     */
    AuditListing(Database database, AuditRows rows) {
        this.database = database;
        this.rows = rows;
    }

    Page<AuditRecord> list(AuditQuery query) {
        Conditions conditions = new Conditions();
        String principal = query.principal();
        conditions.add(
                "a.user_id = :user"
                        + (principal == null || AuditRows.isOfNode(principal) ? "" : AuditRows.NOT_OF_NODES),
                "user",
                principal);
        conditions.add(
                "a.run_id = :run",
                "run",
                query.run() == null ? null : query.run().value());
        conditions.add("a.tenant = :tenant", "tenant", query.tenant());
        conditions.add("a.action = :action", "action", query.action());
        conditions.add("a.timestamp >= :from", "from", StoredTime.of(query.from()));
        conditions.add("a.timestamp < :before", "before", StoredTime.of(query.before()));
        conditions.add(query.oldestFirst() ? "a.id > :after" : "a.id < :after", "after", query.afterNumber());
        if (!conditions.canMatch()) {
            return new Page<>(List.of(), null);
        }
        String sql = "SELECT " + AuditRows.COLUMNS + " FROM audit.activity_log a" + conditions.sql() + " ORDER BY a.id "
                + (query.oldestFirst() ? "" : "DESC ") + "LIMIT :limit";
        List<AuditRecord> found = database.read(handle -> handle.createQuery(sql)
                .bindMap(conditions.values)
                .bind("limit", query.limit() + 1)
                .map((row, context) -> record(AuditRows.row(row)))
                .list());
        if (found.size() <= query.limit()) {
            return new Page<>(found, null);
        }
        List<AuditRecord> page = found.subList(0, query.limit());
        return new Page<>(page, Long.toString(page.get(page.size() - 1).number()));
    }

    private AuditRecord record(StoredAudit.Row row) {
        return new AuditRecord(
                row.id(),
                rows.entry(row.stored()),
                row.stored().mac() == null ? null : row.stored().keyId());
    }

    /** Only fixed texts become SQL; what the caller gave is bound. */
    private static final class Conditions {

        private final List<String> texts = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                texts.add(condition);
                values.put(name, value);
            }
        }

        /** No row has a text that cannot be stored; the database would refuse to look for it. */
        boolean canMatch() {
            return values.values().stream()
                    .allMatch(value -> !(value instanceof String text) || StorableText.canBeThere(text));
        }

        String sql() {
            return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
        }
    }
}
