/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keys of subjects of whom neither a run nor an entry of the audit trail is left. Thread-safe; may be repeated. */
final class UnneededKeys {

    /** An entry of the trail does not hold its key: none is destroyed that may be about to seal one. */
    private static final int AFTER_DAYS = DataKeys.NEW_FOR_DAYS + 1;

    private static final int BATCH = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private static final String ONE_OF = "d.id IN (<ids>) AND d.wrapped IS NOT NULL"
            + " AND NOT EXISTS (SELECT 1 FROM ralph.orchestrations o WHERE o.subject = d.subject)"
            + " AND NOT EXISTS (SELECT 1 FROM audit.activity_log a WHERE a.user_id = d.subject"
            + " AND a.user_id NOT LIKE 'node:%')";

    private static final String LOCK =
            "SELECT d.id FROM ralph.data_keys d WHERE " + ONE_OF + " ORDER BY d.id FOR UPDATE";

    private final Database database;
    private final String find;
    private final String destroy;

    UnneededKeys(Database database, Dialect dialect) {
        this.database = database;
        // Entries of what begins like a node are in no index: keys of such principals stay.
        find = "SELECT d.id FROM ralph.data_keys d WHERE d.wrapped IS NOT NULL AND d.subject IS NOT NULL"
                + " AND d.subject NOT LIKE 'node:%' AND d.made_at < "
                + dialect.clockPlusMicros("(-86400000000 * " + AFTER_DAYS + ")")
                + " AND d.id > :after ORDER BY d.id LIMIT " + BATCH;
        destroy = DataKeys.destroyed(dialect) + " WHERE " + ONE_OF;
    }

    /**
     * Destroys them. A hundred keys are looked at in a statement, however many there are.
     *
     * @return how many were destroyed
     */
    int destroy() {
        int destroyed = 0;
        List<UUID> page;
        UUID after = FIRST;
        do {
            UUID begin = after;
            page = database.read(handle -> handle.createQuery(find)
                    .bind("after", begin)
                    .mapTo(UUID.class)
                    .list());
            if (!page.isEmpty()) {
                List<UUID> old = page;
                destroyed += database.write(handle -> destroy(handle, old));
                after = page.get(page.size() - 1);
            }
        } while (page.size() == BATCH);
        return destroyed;
    }

    /** Looks again with the keys locked: whoever held one meanwhile has created a run, which the first look does not show. */
    private int destroy(Handle handle, List<UUID> old) {
        List<UUID> unneeded =
                handle.createQuery(LOCK).bindList("ids", old).mapTo(UUID.class).list();
        return unneeded.isEmpty()
                ? 0
                : handle.createUpdate(destroy).bindList("ids", unneeded).execute();
    }
}
