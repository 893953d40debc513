/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.ContentUnreadableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The keys that seal content, each wrapped by one that is not in the database: some for runs about nobody, and some for each
 * subject, which are destroyed to erase what is about it. Thread-safe. Every call may block for a statement, and takes a
 * connection of its own unless it is given one.
 */
final class DataKeys {

    /** A node may read with a key for so long after it was destroyed. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** A key seals what is new for so long: even a large fleet makes fewer messages than it may. */
    static final int NEW_FOR_DAYS = 7;

    private static final int MOST_REMEMBERED = 10_000;

    private static final String NEWEST =
            WrappedKey.SELECT + "WHERE %s AND wrapped IS NOT NULL AND made_at > %s ORDER BY made_at DESC, id LIMIT 1";

    private static final String FIND = WrappedKey.SELECT + "WHERE id IN (<ids>)";

    private final Database database;
    private final KeyWrapping wrapping;
    private final String newestOfSubject;
    private final String newestOfNobody;
    private final String insert;
    private final String destroy;
    private final String hold;
    private final Dialect dialect;
    private final Cache<Optional<String>, DataKey> current = remembering();
    private final Cache<UUID, DataKey> known = remembering();

    DataKeys(Database database, Dialect dialect, KeyWrapping wrapping) {
        this.database = database;
        this.dialect = dialect;
        this.wrapping = wrapping;
        String since = dialect.clockPlusMicros("(-86400000000 * " + NEW_FOR_DAYS + ")");
        newestOfSubject = NEWEST.formatted("subject = :subject", since);
        newestOfNobody = NEWEST.formatted("subject IS NULL", since);
        insert = "INSERT INTO ralph.data_keys (id, subject, made_at, key_id, wrapped) VALUES (:id, :subject, "
                + dialect.clock() + ", :wrapper, :wrapped)";
        destroy = destroyed(dialect) + " WHERE subject = :subject";
        hold = dialect == Dialect.POSTGRESQL ? " FOR SHARE" : " FOR UPDATE";
    }

    /**
     * Makes the first key of a database, so that from then on no node starts without what wraps it, and none that had started
     * before creates a run in clear. Where runs in clear are that may not be, nothing is done.
     */
    void makeFirst(boolean acceptClear) {
        if (database.read(DataKeys::wrapAny)) {
            return;
        }
        DataKey made = wrapping.make();
        byte[] wrapped = wrapping.wrap(made, null);
        database.change(handle -> {
            if (dialect == Dialect.POSTGRESQL) {
                // Waits for runs that are being created in clear, and for another node's first key.
                handle.execute("LOCK TABLE ralph.data_keys IN EXCLUSIVE MODE");
            }
            if (!wrapAny(handle) && (acceptClear || !ClearRuns.areThere(handle))) {
                insert(handle, made, null, wrapped);
            }
        });
    }

    /** Whether there is one that nodes have to be able to unwrap. */
    private static boolean wrapAny(Handle handle) {
        return handle.createQuery("SELECT 1 FROM ralph.data_keys WHERE wrapped IS NOT NULL LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** The beginning of a statement that destroys keys, of a table called {@code d}. */
    static String destroyed(Dialect dialect) {
        return "UPDATE ralph.data_keys d SET wrapped = NULL, subject = NULL, destroyed_at = " + dialect.clock();
    }

    /**
     * The key for what is new about a subject; made and committed if there is none.
     *
     * @param subject null for nobody
     */
    DataKey forNew(@Nullable String subject) {
        // Not loaded by the cache: others would wait for a database that does not answer, one after the other.
        DataKey key = current.getIfPresent(Optional.ofNullable(subject));
        if (key == null) {
            key = newest(subject).orElseGet(() -> make(subject));
            current.put(Optional.ofNullable(subject), key);
            known.put(key.id(), key);
        }
        return key;
    }

    /**
     * The key with this id.
     *
     * @throws ContentUnreadableException if there is none, it was destroyed, or what wraps it is not known here
     */
    DataKey find(UUID id) {
        DataKey key = known.getIfPresent(id);
        if (key == null) {
            key = read(Set.of(id)).stream()
                    .findFirst()
                    .map(wrapping::unwrap)
                    .orElseThrow(() -> new ContentUnreadableException("there is no data key " + id
                            + "; the content was not sealed here, or ralph.data_keys was not restored with it"));
            known.put(id, key);
        }
        return key;
    }

    /** Reads keys that are going to be needed, in one statement; those that cannot be used are left out. */
    void prepare(Set<UUID> ids) {
        Set<UUID> unknown = new HashSet<>(ids);
        unknown.removeAll(known.getAllPresent(ids).keySet());
        if (unknown.size() > 1) {
            read(unknown).stream()
                    .filter(wrapping::isUsable)
                    .map(wrapping::unwrap)
                    .forEach(key -> known.put(key.id(), key));
        }
    }

    /**
     * Requires within a transaction that a key is there; of a subject's, also that nobody destroys it before the end of the
     * transaction.
     *
     * @throws KeyGoneException if it is not, so that another one is to be taken
     */
    void hold(Handle handle, DataKey key, @Nullable String subject) {
        if (handle.createQuery("SELECT 1 FROM ralph.data_keys WHERE id = :id AND wrapped IS NOT NULL"
                        + (subject == null ? "" : hold))
                .bind("id", key.id())
                .mapTo(Integer.class)
                .findOne()
                .isEmpty()) {
            forget();
            throw new KeyGoneException();
        }
    }

    /** Destroys the keys of a subject within a transaction; {@link #forget} once it is committed. */
    void destroy(Handle handle, String subject) {
        handle.createUpdate(destroy).bind("subject", subject).execute();
    }

    void forget() {
        current.invalidateAll();
        known.invalidateAll();
    }

    private Optional<DataKey> newest(@Nullable String subject) {
        return database.read(handle -> (subject == null
                                ? handle.createQuery(newestOfNobody)
                                : handle.createQuery(newestOfSubject).bind("subject", subject))
                        .map((row, context) -> WrappedKey.of(row))
                        .findOne())
                .map(wrapping::unwrap);
    }

    private List<WrappedKey> read(Set<UUID> ids) {
        return database.read(handle -> handle.createQuery(FIND)
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> WrappedKey.of(row))
                .list());
    }

    private DataKey make(@Nullable String subject) {
        DataKey made = wrapping.make();
        byte[] wrapped = wrapping.wrap(made, subject);
        database.change(handle -> insert(handle, made, subject, wrapped));
        return made;
    }

    private void insert(Handle handle, DataKey made, @Nullable String subject, byte[] wrapped) {
        handle.createUpdate(insert)
                .bind("id", made.id())
                .bind("subject", subject)
                .bind("wrapper", wrapping.ring().current())
                .bind("wrapped", wrapped)
                .execute();
    }

    private static <K, V> Cache<K, V> remembering() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build();
    }
}
