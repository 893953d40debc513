/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which settled attempts to add up, and by what. All conditions must hold; what is null or empty is no condition. Attempts
 * in flight are not counted.
 *
 * @param from settled at or after
 * @param before settled before
 * @param tenant of runs of this tenant
 * @param agent of this agent
 * @param labels of runs that have all of these
 * @param byDay whether each day (UTC) is a row of its own
 * @param byAgent whether each agent is a row of its own
 * @param byLabel name of the label each value of which is a row of its own, or null
 */
public record CostQuery(
        @Nullable Instant from,
        @Nullable Instant before,
        @Nullable String tenant,
        @Nullable String agent,
        Map<String, String> labels,
        boolean byDay,
        boolean byAgent,
        @Nullable String byLabel) {

    /** Everything in one row. */
    public static final CostQuery ALL = new CostQuery(null, null, null, null, Map.of(), false, false, null);

    public CostQuery {
        labels = Map.copyOf(labels);
    }

    public CostQuery withSettled(@Nullable Instant earliest, @Nullable Instant end) {
        return new CostQuery(earliest, end, tenant, agent, labels, byDay, byAgent, byLabel);
    }

    public CostQuery withTenant(@Nullable String wanted) {
        return new CostQuery(from, before, wanted, agent, labels, byDay, byAgent, byLabel);
    }

    public CostQuery withAgent(@Nullable String wanted) {
        return new CostQuery(from, before, tenant, wanted, labels, byDay, byAgent, byLabel);
    }

    public CostQuery withLabels(Map<String, String> wanted) {
        return new CostQuery(from, before, tenant, agent, wanted, byDay, byAgent, byLabel);
    }

    /** A row for each day, by UTC. */
    public CostQuery perDay() {
        return new CostQuery(from, before, tenant, agent, labels, true, byAgent, byLabel);
    }

    /** A row for each agent. */
    public CostQuery perAgent() {
        return new CostQuery(from, before, tenant, agent, labels, byDay, true, byLabel);
    }

    /** A row for each value of the label with this name. */
    public CostQuery perLabel(@Nullable String name) {
        return new CostQuery(from, before, tenant, agent, labels, byDay, byAgent, name);
    }
}
