/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.AttemptRecord;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.RunSnapshot;
import dev.ralph.Spend;
import dev.ralph.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up attempts as a query asks. Not thread-safe. */
final class CostTable {

    private final CostQuery query;
    private final Map<Group, CostSum> sums = new TreeMap<>();

    CostTable(CostQuery query) {
        this.query = query;
    }

    void add(RunSnapshot run, Iterable<AttemptRecord> attempts) {
        if (!matches(run)) {
            return;
        }
        for (AttemptRecord attempt : attempts) {
            Instant end = attempt.endedAt();
            if (end != null && matches(attempt, end)) {
                Group group = group(run, attempt, end);
                sums.merge(group, one(group, attempt), CostTable::sum);
            }
        }
    }

    List<CostSum> sums() {
        return List.copyOf(sums.values());
    }

    private boolean matches(RunSnapshot run) {
        return (query.tenant() == null || query.tenant().equals(run.tenant()))
                && run.labels().entrySet().containsAll(query.labels().entrySet());
    }

    private boolean matches(AttemptRecord attempt, Instant end) {
        return (query.agent() == null || query.agent().equals(attempt.agent()))
                && (query.from() == null || !end.isBefore(query.from()))
                && (query.before() == null || end.isBefore(query.before()));
    }

    private Group group(RunSnapshot run, AttemptRecord attempt, Instant end) {
        return new Group(
                query.byDay() ? LocalDate.ofInstant(end, ZoneOffset.UTC) : null,
                query.byAgent() ? attempt.agent() : null,
                query.byLabel() == null ? null : run.labels().get(query.byLabel()));
    }

    private static CostSum one(Group group, AttemptRecord attempt) {
        Usage usage = attempt.usage();
        return new CostSum(
                group.day,
                group.agent,
                group.label,
                1,
                usage == null ? 1 : 0,
                usage == null ? Usage.ZERO : usage,
                Spend.ZERO.plus(attempt.cost()));
    }

    private static CostSum sum(CostSum a, CostSum b) {
        return new CostSum(
                a.day(),
                a.agent(),
                a.label(),
                a.attempts() + b.attempts(),
                a.unmetered() + b.unmetered(),
                a.usage().plus(b.usage()),
                new Spend(
                        a.spend().billed().add(b.spend().billed()),
                        a.spend().estimated().add(b.spend().estimated()),
                        a.spend().unknown().add(b.spend().unknown())));
    }

    private record Group(
            @Nullable LocalDate day,
            @Nullable String agent,
            @Nullable String label) implements Comparable<Group> {

        private static final Comparator<Group> ORDER = Comparator.comparing(
                        Group::day, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                .thenComparing(Group::agent, Comparator.nullsLast(Comparator.<String>naturalOrder()))
                .thenComparing(Group::label, Comparator.nullsLast(Comparator.<String>naturalOrder()));

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }
}
