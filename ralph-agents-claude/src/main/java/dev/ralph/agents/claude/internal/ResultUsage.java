/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import dev.ralph.agent.cli.JsonEvent;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the results of one launch say of its usage. Each has {@code model_usage_since_last_result}: those are added up.
 * Where it is missing, {@code modelUsage} and {@code total_cost_usd} of the last result count, which are totals of the
 * session, less what the session had used before the launch. {@code usage} misses what subagents and failed requests used.
 * The money is a list price that the client computes ({@code "costBasis":"list"}), not a bill.
 */
final class ResultUsage {

    /** Sums of floating point numbers have dust behind this. */
    private static final int SCALE = 9;

    private static final UsageReport NONE = new UsageReport(Usage.ZERO, Cost.estimated(BigDecimal.ZERO));

    private final UsageReport before;
    private UsageReport since = NONE;
    private boolean complete = true;
    private @Nullable UsageReport total;
    private @Nullable Usage own = Usage.ZERO;

    /** Counts on from what a session had used before. */
    ResultUsage(UsageReport before) {
        this.before = before;
    }

    /** For a new session. */
    static ResultUsage fresh() {
        return new ResultUsage(NONE);
    }

    void add(JsonEvent result) {
        UsageReport more = models(result, "model_usage_since_last_result", null);
        complete &= more != null;
        since = plus(since, more == null ? UsageReport.UNKNOWN : more);
        UsageReport all = models(result, "modelUsage", result.decimal("total_cost_usd"));
        total = all == null ? total : all;
        Usage usage = TokenCounts.ofApi(result.object("usage"));
        own = own == null || usage == null ? null : own.plus(usage);
    }

    /** What the launch used, as far as the results say. */
    UsageReport launch() {
        UsageReport launch = complete ? since : total == null ? UsageReport.UNKNOWN : minus(total, before);
        Usage tokens = launch.usage();
        if (tokens == null || own == null) {
            return new UsageReport(total == null && !complete ? own : tokens, launch.cost());
        }
        // A request that breaks off is in one of them only.
        return new UsageReport(tokens, launch.cost()).highest(new UsageReport(own, Cost.UNKNOWN));
    }

    /** What the session has used in all. */
    UsageReport session() {
        return total == null ? UsageReport.UNKNOWN : total;
    }

    private static @Nullable UsageReport models(JsonEvent result, String field, @Nullable Double cost) {
        if (result.objects(field).isEmpty()) {
            return null;
        }
        JsonEvent models = result.object(field);
        Usage usage = Usage.ZERO;
        double sum = 0;
        for (String name : models.names()) {
            Usage one = TokenCounts.ofClient(models.object(name));
            Double price = models.object(name).decimal("costUSD");
            usage = usage == null || one == null ? null : usage.plus(one);
            sum += price == null || price < 0 ? Double.NaN : price;
        }
        return new UsageReport(usage, cost(cost == null ? sum : cost));
    }

    private static Cost cost(double dollars) {
        Cost reported = Cost.reported(dollars, CostKind.ESTIMATED);
        return reported.kind() == CostKind.UNKNOWN ? reported : rounded(reported.amount());
    }

    private static Cost rounded(BigDecimal amount) {
        return Cost.estimated(amount.setScale(SCALE, RoundingMode.HALF_UP).stripTrailingZeros());
    }

    private static UsageReport plus(UsageReport a, UsageReport b) {
        Usage first = a.usage();
        Usage second = b.usage();
        return new UsageReport(
                first == null || second == null ? null : first.plus(second),
                unknown(a) || unknown(b)
                        ? Cost.UNKNOWN
                        : Cost.estimated(a.cost().amount().add(b.cost().amount())));
    }

    private static UsageReport minus(UsageReport all, UsageReport before) {
        Usage now = all.usage();
        Usage then = before.usage();
        boolean shrunk = unknown(all)
                || unknown(before)
                || all.cost().amount().compareTo(before.cost().amount()) < 0;
        return new UsageReport(
                now == null || then == null ? null : TokenCounts.minus(now, then),
                shrunk
                        ? Cost.UNKNOWN
                        : rounded(all.cost().amount().subtract(before.cost().amount())));
    }

    private static boolean unknown(UsageReport report) {
        return report.cost().kind() == CostKind.UNKNOWN;
    }
}
