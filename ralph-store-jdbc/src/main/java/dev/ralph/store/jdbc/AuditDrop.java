/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.audit.AuditActions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * A month that was dropped, as a signed entry tells.
 *
 * @param trail the mac of the first seal, which tells the trail from any other that is signed with the same key
 * @param through the highest id that was in it
 */
record AuditDrop(YearMonth month, String trail, long through) {

    private static final String RESOURCE = "audit/";
    private static final String TRAIL = "trail";
    private static final String THROUGH = "through";

    /** What an entry tells; empty if it tells of no month. */
    static Optional<AuditDrop> of(StoredAudit stored, Map<String, String> details) {
        if (!stored.action().equals(AuditActions.PARTITION_DROPPED)
                || !stored.resource().startsWith(RESOURCE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AuditDrop(
                    YearMonth.parse(stored.resource().substring(RESOURCE.length())),
                    details.getOrDefault(TRAIL, ""),
                    Long.parseLong(details.getOrDefault(THROUGH, ""))));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    String resource() {
        return RESOURCE + month;
    }

    Map<String, String> details() {
        return Map.of(TRAIL, trail, THROUGH, Long.toString(through));
    }

    /** Whether entries of this batch may be gone. Its time is signed, so no entry with an old timestamp makes it older. */
    boolean excuses(AuditSeal seal) {
        return seal.firstId() <= through && seal.sealedAt().isBefore(sealedBefore(month));
    }

    /** When the entries of a month have to be sealed for it to be dropped ever: a day after its end. */
    static Instant sealedBefore(YearMonth month) {
        return month.plusMonths(1).atDay(1).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
