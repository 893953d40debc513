/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list. All conditions must hold; what is null or empty is no condition. Results come newest first.
 *
 * @param statuses any of these
 * @param reasons ended for any of these
 * @param agent names this agent
 * @param tenant belongs to this tenant
 * @param subject about this subject
 * @param labels has all of these
 * @param createdFrom submitted at or after
 * @param createdBefore submitted before
 * @param limit results a page at most, 1 to {@value #MAX_LIMIT}
 * @param after the cursor of the page before, or null for the first page
 */
public record RunQuery(
        Set<RunStatus> statuses,
        Set<StopReason> reasons,
        @Nullable String agent,
        @Nullable String tenant,
        @Nullable String subject,
        Map<String, String> labels,
        @Nullable Instant createdFrom,
        @Nullable Instant createdBefore,
        int limit,
        @Nullable String after) {

    public static final int MAX_LIMIT = 1000;

    /** The newest 50 runs. */
    public static final RunQuery NEWEST =
            new RunQuery(Set.of(), Set.of(), null, null, null, Map.of(), null, null, 50, null);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the limit is outside its range
     */
    public RunQuery {
        statuses = Set.copyOf(statuses);
        reasons = Set.copyOf(reasons);
        labels = Map.copyOf(labels);
        Check.inRange("limit", limit, 1, MAX_LIMIT);
    }

    public RunQuery withStatuses(RunStatus... wanted) {
        return new RunQuery(
                Set.of(wanted), reasons, agent, tenant, subject, labels, createdFrom, createdBefore, limit, after);
    }

    /** Such as {@link StopReason#DEAD_LETTERED}, for runs that can be {@linkplain Run#retry retried}. */
    public RunQuery withReasons(StopReason... wanted) {
        return new RunQuery(
                statuses, Set.of(wanted), agent, tenant, subject, labels, createdFrom, createdBefore, limit, after);
    }

    public RunQuery withAgent(@Nullable String wanted) {
        return new RunQuery(
                statuses, reasons, wanted, tenant, subject, labels, createdFrom, createdBefore, limit, after);
    }

    public RunQuery withTenant(@Nullable String wanted) {
        return new RunQuery(
                statuses, reasons, agent, wanted, subject, labels, createdFrom, createdBefore, limit, after);
    }

    public RunQuery withSubject(@Nullable String wanted) {
        return new RunQuery(statuses, reasons, agent, tenant, wanted, labels, createdFrom, createdBefore, limit, after);
    }

    public RunQuery withLabels(Map<String, String> wanted) {
        return new RunQuery(
                statuses, reasons, agent, tenant, subject, wanted, createdFrom, createdBefore, limit, after);
    }

    public RunQuery withCreated(@Nullable Instant from, @Nullable Instant before) {
        return new RunQuery(statuses, reasons, agent, tenant, subject, labels, from, before, limit, after);
    }

    public RunQuery withLimit(int max) {
        return new RunQuery(statuses, reasons, agent, tenant, subject, labels, createdFrom, createdBefore, max, after);
    }

    /** The page that follows; {@code cursor} is the {@link Page#next} of the page before. */
    public RunQuery withAfter(@Nullable String cursor) {
        return new RunQuery(
                statuses, reasons, agent, tenant, subject, labels, createdFrom, createdBefore, limit, cursor);
    }
}
