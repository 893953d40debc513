/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.ContentUnreadableException;
import dev.ralph.RunId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which key the content of a run is sealed with. Thread-safe; may block for a statement. */
final class RunKeys {

    private static final int MOST_REMEMBERED = 10_000;

    private final Database database;
    private final DataKeys keys;

    /** Of runs that have one: it never changes. */
    private final Cache<RunId, UUID> known =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    RunKeys(Database database, DataKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * The key of a run; null if its content is in clear, or there is no such run.
     *
     * @throws dev.ralph.ContentUnreadableException if the key was destroyed, or is not known here
     */
    @Nullable DataKey of(RunId run) {
        UUID id = known.getIfPresent(run);
        if (id == null) {
            id = read(run);
            if (id != null) {
                known.put(run, id);
            }
        }
        return id == null ? null : find(run, id);
    }

    /** Of a run that was erased meanwhile there is no key, as of one that is not there. */
    private @Nullable DataKey find(RunId run, UUID id) {
        try {
            return keys.find(id);
        } catch (ContentUnreadableException e) {
            known.invalidate(run);
            if (read(run) == null) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable UUID read(RunId run) {
        Optional<UUID> id = database.read(handle -> handle.createQuery(
                        "SELECT data_key FROM ralph.orchestrations WHERE id = :run AND erased_at IS NULL")
                .bind("run", run.value())
                .map((row, context) -> Optional.ofNullable(row.getObject("data_key", UUID.class)))
                .findOne()
                .flatMap(found -> found));
        return id.orElse(null);
    }
}
