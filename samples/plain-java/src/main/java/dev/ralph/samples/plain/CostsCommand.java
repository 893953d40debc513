/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Orchestrator;
import dev.ralph.RunQuery;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.CostTable;
import dev.ralph.samples.plain.view.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds up what attempts cost. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Add up what attempts used and cost, by kind: what the agent was billed, what was estimated, and what"
                        + " is charged where neither is known. Attempts in flight are not counted. Days are those of UTC.")
final class CostsCommand implements Callable<Integer> {

    /** What rows are told apart by. */
    enum Part {
        DAY,
        AGENT
    }

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "PART",
            defaultValue = "DAY,AGENT",
            description = "A row for each: ${COMPLETION-CANDIDATES}, or both (default: ${DEFAULT-VALUE}).")
    private Set<Part> parts = new LinkedHashSet<>();

    @Option(names = "--by-label", paramLabel = "NAME", description = "A row for each value of this label, too.")
    private @Nullable String byLabel;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "Only attempts settled on this day (2026-01-31) or later.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Only attempts settled on this day or before.")
    private @Nullable LocalDate to;

    @Option(names = "--agent", paramLabel = "ID", description = "Only attempts of this agent.")
    private @Nullable String agent;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Only runs that have all of these labels.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON, one row a line.")
    private boolean json;

    @Override
    public Integer call() {
        try (Host host = Host.reading()) {
            List<CostSum> sums = sums(host.orchestrator());
            if (json) {
                Json lines = new Json(System.out);
                sums.forEach(sum -> lines.print(lines.object("cost", sum)));
            } else {
                CostTable.print(sums, byLabel, System.out);
            }
            return ExitCode.OK.code();
        }
    }

    private List<CostSum> sums(Orchestrator orchestrator) {
        // Where nothing is stored yet, nothing adds up.
        return orchestrator.list(RunQuery.NEWEST.withLimit(1)).items().isEmpty()
                ? List.of()
                : orchestrator.costs(query());
    }

    private CostQuery query() {
        CostQuery query = CostQuery.ALL
                .withSettled(startOf(from), to == null ? null : startOf(to.plusDays(1)))
                .withAgent(agent)
                .withLabels(labels)
                .perLabel(byLabel);
        if (parts.contains(Part.DAY)) {
            query = query.perDay();
        }
        return parts.contains(Part.AGENT) ? query.perAgent() : query;
    }

    private static @Nullable Instant startOf(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
