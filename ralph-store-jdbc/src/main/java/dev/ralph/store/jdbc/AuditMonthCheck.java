/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a month before it is dropped. What the entry that tells of it is signed for is what this node read and checked, not
 * what the database says: else whoever can write an entry with an old timestamp would have the rest of the trail signed away.
 * Thread-safe.
 */
final class AuditMonthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(AuditMonthCheck.class);

    private final AuditReads reads;
    private final AuditSigner signer;

    AuditMonthCheck(AuditReads reads, AuditSigner signer) {
        this.reads = reads;
        this.signer = signer;
    }

    /** Up to which id it may be dropped, 0 if it has no entry; empty, and told in the log, if it must stay. */
    Optional<AuditDrop> look(YearMonth month) {
        Optional<AuditSeal> first = reads.firstSeal();
        Optional<AuditSeal> last = reads.lastSealBefore(AuditDrop.sealedBefore(month));
        if (signer.keys().isEmpty()) {
            return highest(month, Long.MAX_VALUE, Long.MAX_VALUE).map(highest -> new AuditDrop(month, "", highest));
        }
        if (first.isEmpty() || last.isEmpty() || !signer.isGenuine(first.get()) || !signer.isGenuine(last.get())) {
            LOG.error(
                    "The month {} of the audit trail is not dropped: no genuine seal tells that it was sealed by the"
                            + " day after its end",
                    month);
            return Optional.empty();
        }
        return highest(month, last.get().lastId(), last.get().signedFrom())
                .map(highest -> new AuditDrop(month, first.get().mac(), highest));
    }

    private Optional<Long> highest(YearMonth month, long sealedThrough, long signedFrom) {
        Instant from = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant to = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        long position = 0;
        List<StoredAudit.Row> part;
        do {
            part = reads.rowsOf(from, to, position);
            for (StoredAudit.Row row : part) {
                boolean unsigned = row.stored().mac() == null && row.id() < signedFrom;
                if (row.id() > sealedThrough || !(unsigned || signer.isGenuine(row.stored()))) {
                    LOG.error(
                            "The month {} of the audit trail is not dropped: entry {} of it {}; run verify",
                            month,
                            row.id(),
                            row.id() > sealedThrough
                                    ? "was not sealed by the day after its end"
                                    : "is not as a node with a known key wrote it");
                    return Optional.empty();
                }
                position = row.id();
            }
        } while (!part.isEmpty());
        return Optional.of(position);
    }
}
