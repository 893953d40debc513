/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.ConfigurationException;
import dev.ralph.ContentUnreadableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that seal content, each wrapped by one that is not in the database: some for runs about nobody, and some for each
 * subject, which are destroyed to erase what is about it. Thread-safe. Every call may block for a statement, and takes a
 * connection of its own unless it is given one.
 */
final class DataKeys {

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);

    /** A node may read with a key for so long after it was destroyed. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** A key seals what is new for so long: even a large fleet makes fewer messages than it may. */
    private static final String NEW_FOR_DAYS = "7";

    /** Keys of subjects of whom there is nothing any more are destroyed, unless something may be about to be written. */
    private static final String UNNEEDED_AFTER_DAYS = "1";

    private static final int MOST_REMEMBERED = 10_000;
    private static final int BATCH = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private static final String COLUMNS = "SELECT id, subject, key_id, wrapped FROM ralph.data_keys ";

    private static final String NEWEST =
            COLUMNS + "WHERE %s AND wrapped IS NOT NULL AND made_at > %s ORDER BY made_at DESC, id LIMIT 1";

    private static final String FIND = COLUMNS + "WHERE id IN (<ids>)";

    private static final String ONE_OF = COLUMNS + "WHERE key_id = :wrapper AND wrapped IS NOT NULL LIMIT 1";

    private static final String OTHERS =
            COLUMNS + "WHERE wrapped IS NOT NULL AND key_id <> :current AND id > :after ORDER BY id LIMIT " + BATCH;

    private final Database database;
    private final KeyRing ring;
    private final AesGcm cipher;
    private final String newestOfSubject;
    private final String newestOfNobody;
    private final String insert;
    private final String destroy;
    private final String destroyUnneeded;
    private final String hold;
    private final Cache<Optional<String>, DataKey> current = remembering();
    private final Cache<UUID, DataKey> known = remembering();

    DataKeys(Database database, Dialect dialect, KeyRing ring, AesGcm cipher) {
        this.database = database;
        this.ring = ring;
        this.cipher = cipher;
        String since = dialect.clockPlusMicros("(-86400000000 * " + NEW_FOR_DAYS + ")");
        newestOfSubject = NEWEST.formatted("subject = :subject", since);
        newestOfNobody = NEWEST.formatted("subject IS NULL", since);
        insert = "INSERT INTO ralph.data_keys (id, subject, made_at, key_id, wrapped) VALUES (:id, :subject, "
                + dialect.clock() + ", :wrapper, :wrapped)";
        String destroyed =
                "UPDATE ralph.data_keys d SET wrapped = NULL, subject = NULL, destroyed_at = " + dialect.clock();
        destroy = destroyed + " WHERE subject = :subject";
        destroyUnneeded = destroyed + " WHERE wrapped IS NOT NULL AND subject IS NOT NULL AND made_at < "
                + dialect.clockPlusMicros("(-86400000000 * " + UNNEEDED_AFTER_DAYS + ")")
                + " AND NOT EXISTS (SELECT 1 FROM ralph.orchestrations o WHERE o.subject = d.subject)"
                + " AND NOT EXISTS (SELECT 1 FROM audit.activity_log a WHERE a.user_id = d.subject"
                + " AND a.user_id NOT LIKE 'node:%')";
        hold = dialect == Dialect.POSTGRESQL ? " FOR SHARE" : " FOR UPDATE";
    }

    /**
     * The key for what is new about a subject; made and committed if there is none.
     *
     * @param subject null for nobody
     */
    DataKey forNew(@Nullable String subject) {
        // Not loaded by the cache, which would let others wait for a database that does not answer, one after the
        // other.
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
                    .map(this::unwrapped)
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
            read(unknown).stream().filter(this::isUsable).map(this::unwrapped).forEach(key -> known.put(key.id(), key));
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

    /**
     * Destroys keys of subjects of whom neither a run nor an entry of the audit trail is left.
     *
     * @return how many
     */
    int destroyUnneeded() {
        return database.write(handle -> handle.execute(destroyUnneeded));
    }

    /** Wraps data keys with the first key that others wrap. Any node may, also at once with others. */
    Upkeep wrapAnew() {
        Upkeep done = Upkeep.NOTHING;
        List<Wrapped> others;
        UUID after = FIRST;
        do {
            UUID begin = after;
            others = database.read(handle -> handle.createQuery(OTHERS)
                    .bind("current", ring.current())
                    .bind("after", begin)
                    .map((row, context) -> Wrapped.of(row))
                    .list());
            List<Wrapped> usable = others.stream().filter(this::isUsable).toList();
            int wrapped = database.write(handle ->
                    usable.stream().mapToInt(other -> wrapAnew(handle, other)).sum());
            done = done.and(wrapped, usable.size() == others.size());
            after = others.isEmpty() ? after : others.get(others.size() - 1).id;
        } while (others.size() == BATCH);
        return done;
    }

    private int wrapAnew(Handle handle, Wrapped other) {
        return handle.createUpdate("""
                        UPDATE ralph.data_keys SET key_id = :current, wrapped = :wrapped
                        WHERE id = :id AND key_id = :before AND wrapped IS NOT NULL""")
                .bind("current", ring.current())
                .bind("wrapped", wrap(unwrapped(other), other.subject))
                .bind("id", other.id)
                .bind("before", other.wrapper)
                .execute();
    }

    /** One that is not must not keep others from what is done about them. */
    private boolean isUsable(Wrapped wrapped) {
        try {
            unwrapped(wrapped);
            return true;
        } catch (ContentUnreadableException e) {
            LOG.warn("A data key cannot be used: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Refuses keys that do not open what is there.
     *
     * @throws ConfigurationException if there is no key and something is sealed, or one is missing or wrong
     */
    void requireUsable() {
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
                            .map((row, context) -> Wrapped.of(row))
                            .findOne())
                    .ifPresent(this::unwrapped);
        }
    }

    private List<String> wrappers(String which) {
        return database.read(handle -> handle.createQuery("SELECT DISTINCT key_id FROM ralph.data_keys" + which)
                .mapTo(String.class)
                .list());
    }

    private Optional<DataKey> newest(@Nullable String subject) {
        return database.read(handle -> (subject == null
                                ? handle.createQuery(newestOfNobody)
                                : handle.createQuery(newestOfSubject).bind("subject", subject))
                        .map((row, context) -> Wrapped.of(row))
                        .findOne())
                .map(this::unwrapped);
    }

    private List<Wrapped> read(Set<UUID> ids) {
        return database.read(handle -> handle.createQuery(FIND)
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> Wrapped.of(row))
                .list());
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
