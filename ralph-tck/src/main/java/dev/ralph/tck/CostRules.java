/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Spend;
import dev.ralph.Usage;
import dev.ralph.spi.RecordChange.SettleAttempt;
import dev.ralph.spi.RecordChange.StartAttempt;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is added up over runs: every settled attempt once, kinds of cost apart. */
interface CostRules extends StoreRules {

    @Test
    default void costsAreAddedUpByKind() {
        String tenant = StoreBench.unique("tenant");
        OwnedRun run = run(tenant, Map.of());
        settle(run, 1, "agent-a", day(0), new Usage(1, 2, 3, 4), Cost.billed(new BigDecimal("0.10")));
        settle(run, 2, "agent-a", day(0), new Usage(10, 20, 30, 40), Cost.estimated(new BigDecimal("0.25")));
        settle(run, 3, "agent-a", day(0), null, new Cost(new BigDecimal("0.5"), Cost.UNKNOWN.kind()));
        settle(run, 4, "agent-a", day(0), null, Cost.billed(new BigDecimal("0.05")));

        assertSums(
                CostQuery.ALL.withTenant(tenant),
                new CostSum(null, null, null, 4, 2, new Usage(11, 22, 33, 44), spend("0.15", "0.25", "0.5")));
    }

    @Test
    default void attemptsInFlightDoNotCount() {
        String tenant = StoreBench.unique("tenant");
        OwnedRun run = run(tenant, Map.of());
        run.step().with(new StartAttempt(Samples.started(1, 1))).committed();
        run.store().reportUsage(run.lease(), 1, 1, UsageRules.report(100, "1"));

        assertThat(bench().other().costs(CostQuery.ALL.withTenant(tenant))).isEmpty();
    }

    @Test
    default void costsAreToldApartByDayAgentAndLabel() {
        String tenant = StoreBench.unique("tenant");
        OwnedRun blue = run(tenant, Map.of("team", "blue"));
        settle(blue, 1, "agent-a", day(0), new Usage(1, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        settle(blue, 2, "agent-b", day(1), new Usage(2, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        OwnedRun red = run(tenant, Map.of("team", "red"));
        settle(red, 1, "agent-a", day(0), new Usage(4, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        OwnedRun nobodys = run(tenant, Map.of());
        settle(nobodys, 1, "agent-a", day(1), new Usage(8, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        CostQuery query = CostQuery.ALL.withTenant(tenant);

        assertSums(query, row(null, null, null, 4, 15));
        assertSums(query.perDay(), row(date(0), null, null, 2, 5), row(date(1), null, null, 2, 10));
        assertSums(query.perAgent(), row(null, "agent-a", null, 3, 13), row(null, "agent-b", null, 1, 2));
        assertSums(
                query.perLabel("team"),
                row(null, null, "blue", 2, 3),
                row(null, null, "red", 1, 4),
                row(null, null, null, 1, 8));
        assertSums(
                query.perDay().perAgent().perLabel("team"),
                row(date(0), "agent-a", "blue", 1, 1),
                row(date(0), "agent-a", "red", 1, 4),
                row(date(1), "agent-a", null, 1, 8),
                row(date(1), "agent-b", "blue", 1, 2));
    }

    @Test
    default void costsAreNarrowedByTimeAgentAndLabels() {
        String tenant = StoreBench.unique("tenant");
        OwnedRun blue = run(tenant, Map.of("team", "blue", "kind", "tests"));
        settle(blue, 1, "agent-a", day(0), new Usage(1, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        settle(blue, 2, "agent-b", day(1), new Usage(2, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        OwnedRun red = run(tenant, Map.of("team", "red", "kind", "tests"));
        settle(red, 1, "agent-a", day(2), new Usage(4, 0, 0, 0), Cost.billed(BigDecimal.ONE));
        CostQuery query = CostQuery.ALL.withTenant(tenant);

        assertSums(query.withSettled(day(1), day(2)), row(null, null, null, 1, 2));
        assertSums(query.withSettled(day(1), null), row(null, null, null, 2, 6));
        assertSums(query.withSettled(null, day(1)), row(null, null, null, 1, 1));
        assertSums(query.withAgent("agent-a"), row(null, null, null, 2, 5));
        assertSums(query.withLabels(Map.of("kind", "tests", "team", "blue")), row(null, null, null, 2, 3));
        assertThat(bench().other().costs(query.withLabels(Map.of("team", "green"))))
                .isEmpty();
    }

    @Test
    default void aSumOfTokensThatNoLongHoldsStaysAtTheMost() {
        String tenant = StoreBench.unique("tenant");
        OwnedRun run = run(tenant, Map.of());
        settle(run, 1, "agent-a", day(0), new Usage(Long.MAX_VALUE, 1, 0, 0), Cost.billed(BigDecimal.ONE));
        settle(run, 2, "agent-a", day(0), new Usage(Long.MAX_VALUE, 1, 0, 0), Cost.billed(BigDecimal.ONE));

        assertSums(
                CostQuery.ALL.withTenant(tenant),
                new CostSum(null, null, null, 2, 0, new Usage(Long.MAX_VALUE, 2, 0, 0), spend("2", "0", "0")));
    }

    private OwnedRun run(String tenant, Map<String, String> labels) {
        return bench().claim(
                        bench().create(Samples.newRun(null, tenant, null, labels, List.of("agent-a"), Samples.NOW)));
    }

    private static void settle(
            OwnedRun run, int iteration, String agent, Instant end, @Nullable Usage usage, Cost cost) {
        run.step().with(new StartAttempt(Samples.started(iteration, 1))).committed();
        AttemptRecord settled = new AttemptRecord(
                iteration,
                1,
                agent,
                AttemptStatus.SUCCEEDED,
                Samples.NOW,
                end,
                null,
                null,
                Samples.reservation(1_000, "0.25"),
                usage,
                cost,
                null);
        run.step().with(new SettleAttempt(settled)).committed();
    }

    /** The first moment of a day some days from now. */
    private static Instant day(int number) {
        return Samples.NOW.truncatedTo(ChronoUnit.DAYS).plus(number, ChronoUnit.DAYS);
    }

    private static LocalDate date(int number) {
        return LocalDate.ofInstant(day(number), ZoneOffset.UTC);
    }

    private static Spend spend(String billed, String estimated, String unknown) {
        return new Spend(new BigDecimal(billed), new BigDecimal(estimated), new BigDecimal(unknown));
    }

    /** Attempts that cost a dollar each. */
    private static CostSum row(
            @Nullable LocalDate day, @Nullable String agent, @Nullable String label, long attempts, long input) {
        return new CostSum(
                day,
                agent,
                label,
                attempts,
                0,
                new Usage(input, 0, 0, 0),
                new Spend(BigDecimal.valueOf(attempts), BigDecimal.ZERO, BigDecimal.ZERO));
    }

    private void assertSums(CostQuery query, CostSum... expected) {
        assertThat(bench().other().costs(query))
                .as("%s", query)
                .usingRecursiveComparison(Samples.SAME_VALUES)
                .isEqualTo(List.of(expected));
    }
}
