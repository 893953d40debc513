/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in a listing, newest first; for stores to build on. As a cursor it still says where to go on once the
 * run is gone.
 *
 * @param createdAt when the run was created
 * @param run the run
 */
public record ListPosition(Instant createdAt, RunId run) implements Comparable<ListPosition> {

    private static final Comparator<ListPosition> NEWEST_FIRST = Comparator.comparing(ListPosition::createdAt)
            .thenComparing(ListPosition::run)
            .reversed();

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    /** Where this run stands. */
    public static ListPosition of(RunSnapshot run) {
        return new ListPosition(run.createdAt(), run.id());
    }

    /**
     * Reads a cursor.
     *
     * @throws InvalidValueException if it is none
     */
    public static ListPosition parse(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == BYTES) {
                Instant createdAt = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
                requireStorable(createdAt);
                return new ListPosition(createdAt, new RunId(new UUID(bytes.getLong(), bytes.getLong())));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw notACursor(cursor, e);
        }
        throw notACursor(cursor, null);
    }

    /** The position as text without meaning to anybody else. */
    public String cursor() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(createdAt.getEpochSecond())
                .putInt(createdAt.getNano())
                .putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A forged one could be a time no database has. */
    private static void requireStorable(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new DateTimeException("not a time of a run: " + time);
        }
    }

    @Override
    public int compareTo(ListPosition other) {
        return NEWEST_FIRST.compare(this, other);
    }

    private static InvalidValueException notACursor(String cursor, @Nullable RuntimeException cause) {
        return new InvalidValueException(
                "after", cursor, "is not a cursor of this store; pass the 'next' of the page before", cause);
    }
}
