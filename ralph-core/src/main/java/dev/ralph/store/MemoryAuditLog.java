/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.Page;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail of a store in memory: its newest entries, unsigned. Whoever could change them can change everything else in
 * this process as well. Thread-safe.
 */
final class MemoryAuditLog implements AuditLog {

    /** Some 10 MB. */
    static final int MOST_ENTRIES = 10_000;

    private final NavigableMap<Long, AuditRecord> records = new TreeMap<>();
    private long last;
    private boolean closed;

    @Override
    public synchronized void record(AuditEntry entry) {
        AuditActions.requireOfHost(entry);
        if (records.values().stream().noneMatch(there -> there.entry().id().equals(entry.id()))) {
            add(List.of(entry));
        }
    }

    synchronized void add(Collection<AuditEntry> entries) {
        requireOpen();
        for (AuditEntry entry : entries) {
            last++;
            records.put(last, new AuditRecord(last, entry, null));
            if (records.size() > MOST_ENTRIES) {
                records.pollFirstEntry();
            }
        }
    }

    @Override
    public synchronized Page<AuditRecord> list(AuditQuery query) {
        requireOpen();
        Long after = query.afterNumber();
        List<AuditRecord> found = rest(query.oldestFirst() ? records : records.descendingMap(), after)
                .filter(stored -> query.matches(stored.entry()))
                .limit(query.limit() + 1L)
                .toList();
        if (found.size() <= query.limit()) {
            return new Page<>(found, null);
        }
        List<AuditRecord> page = found.subList(0, query.limit());
        return new Page<>(page, Long.toString(page.get(page.size() - 1).number()));
    }

    /** {@inheritDoc} Here there is no key. */
    @Override
    public synchronized AuditVerification verify(@Nullable AuditHead since, @Nullable AuditHead expected) {
        requireOpen();
        return new AuditVerification(
                AuditVerification.Status.UNSIGNED, 0, 0, records.size(), records.size(), 0, null, null);
    }

    synchronized void close() {
        closed = true;
        records.clear();
    }

    private static Stream<AuditRecord> rest(NavigableMap<Long, AuditRecord> ordered, @Nullable Long after) {
        return (after == null ? ordered : ordered.tailMap(after, false)).values().stream();
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException("this in-memory store is closed, and what it held is gone; make a new one");
        }
    }
}
