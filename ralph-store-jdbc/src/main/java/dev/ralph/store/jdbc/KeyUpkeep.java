/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is looked at when a store opens, and done about its data keys from time to time. Thread-safe; may be repeated. */
final class KeyUpkeep {

    private static final int BATCH = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private static final String ONE_OF = WrappedKey.SELECT + "WHERE key_id = :wrapper AND wrapped IS NOT NULL LIMIT 1";

    private static final String OTHERS = WrappedKey.SELECT
            + "WHERE wrapped IS NOT NULL AND key_id <> :current AND id > :after ORDER BY id LIMIT " + BATCH;

    private final Database database;
    private final KeyWrapping wrapping;

    KeyUpkeep(Database database, KeyWrapping wrapping) {
        this.database = database;
        this.wrapping = wrapping;
    }

    /**
     * Refuses keys that do not open what is there.
     *
     * @throws ConfigurationException if there is no key and something is sealed, or one is missing or wrong
     */
    void requireUsable() {
        KeyRing ring = wrapping.ring();
        if (ring.isEmpty()) {
            // Destroyed ones as well: a node without a key would write in clear where nobody does.
            if (!wrappers("").isEmpty()) {
                throw new ConfigurationException("content of this database is encrypted, and there is no key here; set"
                        + " ENCRYPTION_KEY as its other nodes have it, for commands that only read as well");
            }
            return;
        }
        for (String wrapper : wrappers(" WHERE wrapped IS NOT NULL")) {
            if (!ring.knows(wrapper)) {
                throw new ConfigurationException("content of this database is encrypted under key " + wrapper
                        + ", but ENCRYPTION_KEY has " + ring + "; add that key behind the others, or correct it");
            }
            database.read(handle -> handle.createQuery(ONE_OF)
                            .bind("wrapper", wrapper)
                            .map((row, context) -> WrappedKey.of(row))
                            .findOne())
                    .ifPresent(wrapping::unwrap);
        }
    }

    private List<String> wrappers(String which) {
        return database.read(handle -> handle.createQuery("SELECT DISTINCT key_id FROM ralph.data_keys" + which)
                .mapTo(String.class)
                .list());
    }

    /** Wraps data keys with the first key that others wrap. Any node may, also at once with others. */
    Upkeep wrapAnew() {
        Upkeep done = Upkeep.NOTHING;
        List<WrappedKey> others;
        UUID after = FIRST;
        do {
            UUID begin = after;
            others = database.read(handle -> handle.createQuery(OTHERS)
                    .bind("current", wrapping.ring().current())
                    .bind("after", begin)
                    .map((row, context) -> WrappedKey.of(row))
                    .list());
            List<WrappedKey> usable = others.stream().filter(wrapping::isUsable).toList();
            int wrapped = database.write(handle ->
                    usable.stream().mapToInt(other -> wrapAnew(handle, other)).sum());
            done = done.and(wrapped, usable.size() == others.size());
            after = others.isEmpty() ? after : others.get(others.size() - 1).id();
        } while (others.size() == BATCH);
        return done;
    }

    private int wrapAnew(Handle handle, WrappedKey other) {
        return handle.createUpdate("""
                        UPDATE ralph.data_keys SET key_id = :current, wrapped = :wrapped
                        WHERE id = :id AND key_id = :before AND wrapped IS NOT NULL""")
                .bind("current", wrapping.ring().current())
                .bind("wrapped", wrapping.wrap(wrapping.unwrap(other), other.subject()))
                .bind("id", other.id())
                .bind("before", other.wrapper())
                .execute();
    }
}
