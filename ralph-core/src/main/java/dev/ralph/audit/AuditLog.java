/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import dev.ralph.Page;
import dev.ralph.internal.audit.AuditJson;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail of a store. Entries are only ever added. Thread-safe; every method blocks, and throws
 * {@link dev.ralph.StoreUnavailableException} when the store cannot be reached.
 */
public interface AuditLog {

    /**
     * Adds an entry by itself, for what is not stored otherwise. Entries of what is stored come with it and are committed
     * together with it. May be repeated after a failure: an entry whose id is there already is not added again.
     *
     * @throws dev.ralph.InvalidValueException if the action begins with {@code audit.}, see {@link AuditActions#isReserved}
     */
    void record(AuditEntry entry);

    /**
     * Lists entries by their numbers.
     *
     * @throws dev.ralph.InvalidValueException if the cursor is not one of a trail
     */
    Page<AuditRecord> list(AuditQuery query);

    /**
     * Writes every entry the query matches that was there when this was called, oldest first, as one JSON object a line, a
     * page at a time: memory is bounded however many there are. The query's order, limit and cursor do not count. The writer
     * is not closed.
     *
     * @return how many entries were written
     * @throws IOException if {@code out} cannot be written; it then has a part of the entries
     */
    default long export(AuditQuery query, Writer out) throws IOException {
        AuditJson json = new AuditJson();
        AuditQuery next =
                query.withOldestFirst().withLimit(AuditQuery.MAX_LIMIT).withAfter(null);
        long written = 0;
        while (true) {
            Page<AuditRecord> page = list(next);
            for (AuditRecord record : page.items()) {
                out.write(json.line(record));
                written++;
            }
            if (page.next() == null) {
                out.flush();
                return written;
            }
            next = next.withAfter(page.next());
        }
    }

    /** {@link #verify(AuditHead)} without a head. */
    default AuditVerification verify() {
        return verify(null);
    }

    /**
     * Reads the whole trail, a part at a time, and checks that it is what was written. Changes nothing and holds nothing up;
     * takes as long as reading the trail does.
     *
     * @param expected a head that an earlier verification told: the trail must still have it. Null to look at what is there
     *     alone, which cannot tell that batches were cut off at the end
     */
    default AuditVerification verify(@Nullable AuditHead expected) {
        return verify(null, expected);
    }

    /**
     * As {@link #verify(AuditHead)}, of what came after a batch: a finding that is known and explained does not hide what came
     * after it.
     *
     * @param since a head the trail must have; checking begins after its batch. Null to begin at the beginning
     * @throws dev.ralph.InvalidValueException if {@code expected} is before {@code since}
     */
    AuditVerification verify(@Nullable AuditHead since, @Nullable AuditHead expected);
}
