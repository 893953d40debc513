/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.ConfigurationException;
import dev.ralph.ContentUnreadableException;
import dev.ralph.StoreUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The keys that seal content, each wrapped by one that is not in the database: some for runs about nobody, and some for each
 * subject, which are destroyed to erase what is about it. Thread-safe. Every call may block for a statement, and takes a
 * connection of its own unless it is given one.
 */
final class DataKeys {

    /** A node may read with a key for so long after another one destroyed it. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** A key seals what is new for so long: far fewer messages than it may. */
    private static final String NEW_FOR_DAYS = "30";

    private static final int MOST_REMEMBERED = 10_000;
    private static final int BATCH = 100;

    private static final String NEWEST = """
        SELECT id, subject, key_id, wrapped FROM ralph.data_keys
        WHERE subject IS NOT DISTINCT FROM CAST(:subject AS varchar) AND wrapped IS NOT NULL
            AND made_at > %s ORDER BY made_at DESC, id LIMIT 1""";

    private static final String FIND = "SELECT id, subject, key_id, wrapped FROM ralph.data_keys WHERE id = :id";

    private static final String ONE_OF = "SELECT id, subject, key_id, wrapped FROM ralph.data_keys"
            + " WHERE key_id = :wrapper AND wrapped IS NOT NULL LIMIT 1";

    private final Database database;
    private final KeyRing ring;
    private final AesGcm cipher;
    private final String newest;
    private final String insert;
    private final String destroy;
    private final String hold;
    private final Cache<Optional<String>, DataKey> current = remembering();
    private final Cache<UUID, DataKey> known = remembering();

    DataKeys(Database database, Dialect dialect, KeyRing ring, AesGcm cipher) {
        this.database = database;
        this.ring = ring;
        this.cipher = cipher;
        newest = NEWEST.formatted(dialect.clockPlusMicros("(-86400000000 * " + NEW_FOR_DAYS + ")"));
        insert = "INSERT INTO ralph.data_keys (id, subject, made_at, key_id, wrapped) VALUES (:id, :subject, "
                + dialect.clock() + ", :wrapper, :wrapped)";
        destroy = "UPDATE ralph.data_keys SET wrapped = NULL, subject = NULL, destroyed_at = " + dialect.clock()
                + " WHERE subject = :subject";
        hold = "SELECT 1 FROM ralph.data_keys WHERE id = :id AND wrapped IS NOT NULL FOR "
                + (dialect == Dialect.POSTGRESQL ? "SHARE" : "UPDATE");
    }

    /**
     * The key for what is new about a subject; made and committed if there is none.
     *
     * @param subject null for nobody
     */
    DataKey forNew(@Nullable String subject) {
        return current.get(Optional.ofNullable(subject), who -> newest(subject).orElseGet(() -> make(subject)));
    }

    /**
     * The key with this id.
     *
     * @throws ContentUnreadableException if there is none, it was destroyed, or what wraps it is not known here
     */
    DataKey find(UUID id) {
        return known.get(
                id,
                wanted -> database.read(handle -> handle.createQuery(FIND)
                                .bind("id", wanted)
                                .map((row, context) -> Wrapped.of(row))
                                .findOne())
                        .map(this::unwrapped)
                        .orElseThrow(() -> new ContentUnreadableException("there is no data key " + wanted
                                + "; the content was not sealed here, or ralph.data_keys was not restored with it")));
    }

    /** Sees to it that nobody destroys a key before this transaction ends. */
    void hold(Handle handle, UUID id) {
        if (handle.createQuery(hold)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty()) {
            forget();
            throw new StoreUnavailableException(
                    "the key of the run's subject was destroyed just now; nothing was written," + " repeat the call");
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

    /**
     * Wraps data keys with the first key that others wrap. Any node may, also at once with others.
     *
     * @return how many
     */
    int wrapAnew() {
        int wrapped = 0;
        List<Wrapped> others;
        do {
            others = database.read(handle -> handle.createQuery("""
                            SELECT id, subject, key_id, wrapped FROM ralph.data_keys
                            WHERE wrapped IS NOT NULL AND key_id <> :current LIMIT :batch""")
                    .bind("current", ring.current())
                    .bind("batch", BATCH)
                    .map((row, context) -> Wrapped.of(row))
                    .list());
            for (Wrapped other : others) {
                DataKey key = unwrapped(other);
                wrapped += database.write(handle -> handle.createUpdate("""
                                UPDATE ralph.data_keys SET key_id = :current, wrapped = :wrapped
                                WHERE id = :id AND key_id = :before AND wrapped IS NOT NULL""")
                        .bind("current", ring.current())
                        .bind("wrapped", wrap(key, other.subject))
                        .bind("id", other.id)
                        .bind("before", other.wrapper)
                        .execute());
            }
        } while (others.size() == BATCH);
        return wrapped;
    }

    /**
     * Refuses keys that do not open what is there.
     *
     * @throws ConfigurationException if there is no key and something is sealed, or one is missing or wrong
     */
    void requireUsable() {
        List<String> wrappers = database.read(
                handle -> handle.createQuery("SELECT DISTINCT key_id FROM ralph.data_keys WHERE wrapped IS NOT NULL")
                        .mapTo(String.class)
                        .list());
        for (String wrapper : wrappers) {
            if (ring.isEmpty()) {
                throw new ConfigurationException("content of this database is encrypted under key " + wrapper
                        + ", and there is no key here; set ENCRYPTION_KEY as its other nodes have it, for commands that"
                        + " only read as well");
            }
            if (!ring.knows(wrapper)) {
                throw new ConfigurationException("content of this database is encrypted under key " + wrapper
                        + ", but ENCRYPTION_KEY has " + ring + "; add that key behind the others, or correct it");
            }
            database.read(handle -> handle.createQuery(ONE_OF)
                            .bind("wrapper", wrapper)
                            .map((row, context) -> Wrapped.of(row))
                            .findOne())
                    .ifPresent(this::unwrapped);
        }
    }

    private Optional<DataKey> newest(@Nullable String subject) {
        return database.read(handle -> handle.createQuery(newest)
                        .bind("subject", subject)
                        .map((row, context) -> Wrapped.of(row))
                        .findOne())
                .map(this::unwrapped);
    }

    private DataKey make(@Nullable String subject) {
        DataKey made = new DataKey(UUID.randomUUID(), cipher.newKey());
        byte[] wrapped = wrap(made, subject);
        database.change(handle -> handle.createUpdate(insert)
                .bind("id", made.id())
                .bind("subject", subject)
                .bind("wrapper", ring.current())
                .bind("wrapped", wrapped)
                .execute());
        return made;
    }

    private byte[] wrap(DataKey key, @Nullable String subject) {
        return cipher.seal(
                ring.get(ring.current()), context(key.id(), subject), key.key().getEncoded());
    }

    private DataKey unwrapped(Wrapped wrapped) {
        if (wrapped.bytes == null) {
            throw new ContentUnreadableException(
                    "the data key " + wrapped.id + " was destroyed; what it sealed was erased for good");
        }
        if (!ring.knows(wrapped.wrapper)) {
            throw new ContentUnreadableException("the data key " + wrapped.id + " is wrapped by key " + wrapped.wrapper
                    + ", which is not in ENCRYPTION_KEY; add it behind the others");
        }
        try {
            SecretKey wrapper = ring.get(wrapped.wrapper);
            byte[] bytes = cipher.open(wrapper, context(wrapped.id, wrapped.subject), wrapped.bytes, 0);
            return new DataKey(wrapped.id, AesGcm.key(bytes));
        } catch (AEADBadTagException e) {
            throw new ContentUnreadableException(
                    "the data key " + wrapped.id
                            + " does not unwrap: its row in ralph.data_keys was changed; restore it",
                    e);
        }
    }

    private static byte[] context(UUID id, @Nullable String subject) {
        return new CanonicalBytes("ralph data key").id(id).text(subject).done();
    }

    private static <K, V> Cache<K, V> remembering() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build();
    }

    /** A key as its row has it. */
    private static final class Wrapped {

        private final UUID id;
        private final @Nullable String subject;
        private final String wrapper;
        private final byte @Nullable [] bytes;

        private Wrapped(UUID id, @Nullable String subject, String wrapper, byte @Nullable [] bytes) {
            this.id = id;
            this.subject = subject;
            this.wrapper = wrapper;
            this.bytes = bytes;
        }

        static Wrapped of(ResultSet row) throws SQLException {
            return new Wrapped(
                    row.getObject("id", UUID.class),
                    row.getString("subject"),
                    row.getString("key_id"),
                    row.getBytes("wrapped"));
        }
    }
}
