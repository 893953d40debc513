/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to list. All conditions must hold; what is null is no condition.
 *
 * @param principal done by this one
 * @param run done to this run
 * @param tenant done to runs of this tenant
 * @param action this was done
 * @param from at this time or later
 * @param before before this time
 * @param oldestFirst whether the oldest come first, by their numbers, else the newest
 * @param limit entries a page at most, 1 to {@value #MAX_LIMIT}
 * @param after the cursor of the page before, or null for the first page
 */
public record AuditQuery(
        @Nullable String principal,
        @Nullable RunId run,
        @Nullable String tenant,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant before,
        boolean oldestFirst,
        int limit,
        @Nullable String after) {

    public static final int MAX_LIMIT = 1000;

    /** The newest 50. */
    public static final AuditQuery NEWEST = new AuditQuery(null, null, null, null, null, null, false, 50, null);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the limit is outside its range
     */
    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValueException("limit", limit, "must be from 1 to " + MAX_LIMIT);
        }
    }

    public AuditQuery withPrincipal(@Nullable String wanted) {
        return new AuditQuery(wanted, run, tenant, action, from, before, oldestFirst, limit, after);
    }

    public AuditQuery withRun(@Nullable RunId wanted) {
        return new AuditQuery(principal, wanted, tenant, action, from, before, oldestFirst, limit, after);
    }

    public AuditQuery withTenant(@Nullable String wanted) {
        return new AuditQuery(principal, run, wanted, action, from, before, oldestFirst, limit, after);
    }

    public AuditQuery withAction(@Nullable String wanted) {
        return new AuditQuery(principal, run, tenant, wanted, from, before, oldestFirst, limit, after);
    }

    public AuditQuery withTime(@Nullable Instant earliest, @Nullable Instant end) {
        return new AuditQuery(principal, run, tenant, action, earliest, end, oldestFirst, limit, after);
    }

    public AuditQuery withOldestFirst() {
        return new AuditQuery(principal, run, tenant, action, from, before, true, limit, after);
    }

    public AuditQuery withLimit(int max) {
        return new AuditQuery(principal, run, tenant, action, from, before, oldestFirst, max, after);
    }

    /** The page that follows; {@code cursor} is the {@link dev.ralph.Page#next} of the page before. */
    public AuditQuery withAfter(@Nullable String cursor) {
        return new AuditQuery(principal, run, tenant, action, from, before, oldestFirst, limit, cursor);
    }

    /**
     * The number the cursor stands for, for stores to build on; null on the first page.
     *
     * @throws InvalidValueException if it is no cursor of a trail
     */
    public @Nullable Long afterNumber() {
        try {
            return after == null ? null : Long.valueOf(after);
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    "after", after, "is not a cursor of this trail; pass the 'next' of the page before", e);
        }
    }

    /** Whether an entry meets the conditions, whatever page it is on. */
    public boolean matches(AuditEntry entry) {
        return (principal == null || principal.equals(entry.principal()))
                && (run == null || run.equals(entry.run()))
                && (tenant == null || tenant.equals(entry.tenant()))
                && (action == null || action.equals(entry.action()))
                && (from == null || !entry.at().isBefore(from))
                && (before == null || entry.at().isBefore(before));
    }
}
