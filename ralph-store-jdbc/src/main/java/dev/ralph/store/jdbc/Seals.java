/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ContentUnreadableException;
import dev.ralph.RunId;
import dev.ralph.spi.ContentSeal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Seals bytes and texts: what is sealed begins with a mark and the id of its key, and opens only for the place it was sealed
 * for. Thread-safe.
 */
final class Seals implements ContentSeal {

    /** No text and no document that Ralph stores begins with a NUL. */
    private static final byte[] MARK = {0, 'R', 1};

    /** Of a sealed text, which is base64: no control character is left in what is stored in clear, but for layout. */
    private static final String TEXT_MARK = "\u0001R1:";

    /** What others have sealed never serves in a column. */
    private static final String ELSEWHERE = "elsewhere ";

    private static final int HEADER_BYTES = MARK.length + 2 * Long.BYTES;

    private final DataKeys keys;
    private final RunKeys runKeys;
    private final AesGcm cipher;
    private final boolean acceptClear;

    Seals(DataKeys keys, RunKeys runKeys, AesGcm cipher, boolean acceptClear) {
        this.keys = keys;
        this.runKeys = runKeys;
        this.cipher = cipher;
        this.acceptClear = acceptClear;
    }

    @Override
    public byte[] seal(RunId run, String place, byte[] content) {
        DataKey key = runKeys.of(run);
        if (key == null) {
            throw new ContentUnreadableException(
                    "run " + run + " has no key to seal " + place
                            + " with: there is no such run, or it is from before there were keys and maintain() has not sealed it yet");
        }
        return seal(key, Place.of(run, ELSEWHERE + place), content);
    }

    @Override
    public byte[] open(RunId run, String place, byte[] sealed) {
        return open(Place.of(run, ELSEWHERE + place), sealed);
    }

    byte[] seal(DataKey key, Place place, byte[] content) {
        byte[] sealed = cipher.seal(key.key(), context(key.id(), place), content);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(MARK)
                .putLong(key.id().getMostSignificantBits())
                .putLong(key.id().getLeastSignificantBits())
                .put(sealed)
                .array();
    }

    /**
     * Opens what was sealed.
     *
     * @throws ContentUnreadableException if it does not open, or is in clear where nothing may be
     */
    byte[] open(Place place, byte[] stored) {
        if (!isSealed(stored)) {
            if (acceptClear) {
                return stored;
            }
            throw inClear(place);
        }
        DataKey key = keys.find(keyId(stored));
        try {
            return cipher.open(key.key(), context(key.id(), place), stored, HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw new ContentUnreadableException(
                    place + " was changed, or was moved there from elsewhere; restore it", e);
        }
    }

    String seal(DataKey key, Place place, String text) {
        return TEXT_MARK + Base64.getEncoder().encodeToString(seal(key, place, StorableText.bytes(text)));
    }

    /** As {@link #open(Place, byte[])}. */
    String open(Place place, String stored) {
        if (!stored.startsWith(TEXT_MARK)) {
            if (acceptClear) {
                return stored;
            }
            throw inClear(place);
        }
        byte[] sealed = decoded(stored)
                .orElseThrow(() -> new ContentUnreadableException(place + " was changed: it is no base64; restore it"));
        return StorableText.text(open(place, sealed));
    }

    /** Reads the keys that texts are sealed with in one statement. */
    void prepare(Stream<@Nullable String> texts) {
        keys.prepare(texts.flatMap(text -> Optional.ofNullable(text).stream())
                .filter(Seals::isSealed)
                .flatMap(text -> decoded(text).stream())
                .filter(Seals::isSealed)
                .map(Seals::keyId)
                .collect(Collectors.toSet()));
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(TEXT_MARK.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static UUID keyId(byte[] sealed) {
        ByteBuffer header = ByteBuffer.wrap(sealed, MARK.length, 2 * Long.BYTES);
        return new UUID(header.getLong(), header.getLong());
    }

    static boolean isSealed(byte[] stored) {
        return stored.length >= HEADER_BYTES && ByteBuffer.wrap(stored).mismatch(ByteBuffer.wrap(MARK)) == MARK.length;
    }

    static boolean isSealed(String stored) {
        return stored.startsWith(TEXT_MARK);
    }

    private static byte[] context(UUID key, Place place) {
        return new CanonicalBytes("ralph content")
                .id(key)
                .id(place.id())
                .text(place.name())
                .done();
    }

    private static ContentUnreadableException inClear(Place place) {
        return new ContentUnreadableException(place + " is in clear, where everything is encrypted: it was put there by"
                + " somebody else, or is from before there were keys; for that, set ENCRYPTION_ACCEPT_CLEAR to true until"
                + " maintenance has sealed it");
    }

    /**
     * What content is of what; part of what is authenticated.
     *
     * @param id the run's, or that of what else it belongs to
     * @param name table and column, and which of the run's
     */
    record Place(UUID id, String name) {

        static Place of(RunId run, String name) {
            return new Place(run.value(), name);
        }

        @Override
        public String toString() {
            return name + " of " + id;
        }
    }
}
