/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ContentUnreadableException;
import dev.ralph.log.LogText;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps data keys by keys that are kept outside the database. Thread-safe. */
final class KeyWrapping {

    private static final Logger LOG = LoggerFactory.getLogger(KeyWrapping.class);

    private final KeyRing ring;
    private final AesGcm cipher;

    KeyWrapping(KeyRing ring, AesGcm cipher) {
        this.ring = ring;
        this.cipher = cipher;
    }

    KeyRing ring() {
        return ring;
    }

    /** A new key that seals nothing yet. */
    DataKey make() {
        return new DataKey(UUID.randomUUID(), cipher.newKey());
    }

    /** The key, sealed with the first of the ring, for this subject. */
    byte[] wrap(DataKey key, @Nullable String subject) {
        return cipher.seal(
                ring.get(ring.current()), context(key.id(), subject), key.key().getEncoded());
    }

    /**
     * The key.
     *
     * @throws ContentUnreadableException if it was destroyed or changed, or what wraps it is not in the ring
     */
    DataKey unwrap(WrappedKey wrapped) {
        byte[] bytes = wrapped.bytes();
        if (bytes == null) {
            throw new ContentUnreadableException(
                    "the data key " + wrapped.id() + " was destroyed; what it sealed was erased for good");
        }
        if (!ring.knows(wrapped.wrapper())) {
            throw new ContentUnreadableException("the data key " + wrapped.id() + " is wrapped by key "
                    + wrapped.wrapper() + ", which is not in ENCRYPTION_KEY; add it behind the others");
        }
        try {
            SecretKey wrapper = ring.get(wrapped.wrapper());
            byte[] key = cipher.open(wrapper, context(wrapped.id(), wrapped.subject()), bytes, 0);
            return new DataKey(wrapped.id(), AesGcm.key(key));
        } catch (AEADBadTagException e) {
            throw new ContentUnreadableException(
                    "the data key " + wrapped.id()
                            + " does not unwrap: its row in ralph.data_keys was changed; restore it",
                    e);
        }
    }

    /** Whether it unwraps; the log tells why not. For what one that is bad must not stop. */
    boolean isUsable(WrappedKey wrapped) {
        try {
            unwrap(wrapped);
            return true;
        } catch (ContentUnreadableException e) {
            LOG.warn("A data key cannot be used: {}", LogText.line(e.getMessage()));
            return false;
        }
    }

    private static byte[] context(UUID id, @Nullable String subject) {
        return new CanonicalBytes("ralph data key").id(id).text(subject).done();
    }
}
