/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import dev.ralph.agent.cli.JsonEvent;
import dev.ralph.agent.cli.PriceTable;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statistics of a result. They name no money: the cost is an estimate by list price, model by model, and unknown
 * as soon as one model that was used has no price. Thinking stands in the total alone, so what is neither read nor written
 * in the total counts as written.
 */
final class GeminiUsage {

    private GeminiUsage() {}

    /**
     * What a result says was used.
     *
     * @param stats the statistics
     * @param requests how many requests to the main model there were, as far as the stream shows, 1 or more
     */
    static UsageReport of(JsonEvent stats, PriceTable prices, int requests) {
        JsonEvent models = stats.object("models");
        if (models.names().isEmpty()) {
            Usage usage = usage(stats);
            return new UsageReport(
                    usage, usage != null && usage.total() == 0 ? Cost.estimated(BigDecimal.ZERO) : Cost.UNKNOWN);
        }
        Usage sum = Usage.ZERO;
        Cost cost = Cost.estimated(BigDecimal.ZERO);
        for (String model : models.names()) {
            Usage usage = usage(models.object(model));
            if (usage == null) {
                return UsageReport.UNKNOWN;
            }
            sum = sum.plus(usage);
            cost = sum(cost, cost(model, usage, prices, requests));
        }
        return new UsageReport(sum, cost);
    }

    private static Cost cost(String model, Usage usage, PriceTable prices, int requests) {
        return usage.total() == 0
                ? Cost.estimated(BigDecimal.ZERO)
                : prices.estimate(model, usage, longestPrompt(usage, requests));
    }

    /**
     * The prompt of a session grows from request to request, so its longest is about twice the average, and never more
     * than all together.
     */
    private static long longestPrompt(Usage usage, int requests) {
        long prompts = new Usage(usage.input(), 0, usage.cacheRead(), 0).total();
        return requests <= 2 ? prompts : prompts / requests * 2;
    }

    private static Cost sum(Cost a, Cost b) {
        return a.kind() == CostKind.UNKNOWN || b.kind() == CostKind.UNKNOWN
                ? Cost.UNKNOWN
                : Cost.estimated(a.amount().add(b.amount()));
    }

    private static @Nullable Usage usage(JsonEvent counts) {
        Long total = counts.number("total_tokens");
        Long prompt = counts.number("input_tokens");
        Long written = counts.number("output_tokens");
        Long cached = counts.number("cached");
        if (total == null || prompt == null || written == null || cached == null) {
            return null;
        }
        Long fresh = counts.number("input");
        long input = fresh == null ? prompt - cached : fresh;
        // The total of a broken stream can be lower than its parts.
        long output = written < 0 || prompt < 0 || total < 0 ? -1 : Math.max(written, total - prompt);
        return Usage.reported(input, output, cached, 0);
    }
}
