/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Page;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.view.Figures;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.Table;
import dev.ralph.samples.plain.view.Times;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "List runs, newest first.")
final class ListCommand implements Callable<Integer> {

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "Only runs in one of these: ${COMPLETION-CANDIDATES}.")
    private Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "REASON",
            description = "Only runs that ended for one of these: ${COMPLETION-CANDIDATES}.")
    private Set<StopReason> reasons = EnumSet.noneOf(StopReason.class);

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Only runs that have all of these labels.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--subject", paramLabel = "NAME", description = "Only runs with this subject.")
    private @Nullable String subject;

    @Option(names = "--agent", paramLabel = "ID", description = "Only runs that name this agent.")
    private @Nullable String agent;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Runs at most, 1 to " + RunQuery.MAX_LIMIT + " (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--after", paramLabel = "CURSOR", description = "The page after the one that printed this cursor.")
    private @Nullable String after;

    @Option(names = "--json", description = "Print JSON, one run a line; then the cursor of the next page, if any.")
    private boolean json;

    @Override
    public Integer call() {
        try (Host host = Host.reading()) {
            Page<RunSnapshot> page = host.orchestrator()
                    .list(RunQuery.NEWEST
                            .withStatuses(statuses.toArray(RunStatus[]::new))
                            .withReasons(reasons.toArray(StopReason[]::new))
                            .withLabels(labels)
                            .withSubject(subject)
                            .withAgent(agent)
                            .withLimit(limit)
                            .withAfter(after));
            if (json) {
                print(page, new Json(System.out));
            } else {
                print(page);
            }
            return ExitCode.OK.code();
        }
    }

    private static void print(Page<RunSnapshot> page, Json json) {
        page.items().forEach(run -> json.print(json.object("run", run)));
        if (page.next() != null) {
            json.print(json.object("next").put("after", page.next()));
        }
    }

    private static void print(Page<RunSnapshot> page) {
        Table table = new Table("RUN", "STATUS", "REASON", "ITERATIONS", "RUNTIME", "COST", "SUBMITTED", "TASK");
        for (RunSnapshot run : page.items()) {
            table.row(
                    run.id(),
                    run.status(),
                    run.reason() == null ? "-" : run.reason(),
                    run.progress().iterations(),
                    Figures.time(run.progress().runtimeAt(Instant.now())),
                    Figures.dollars(run.progress().spend().total()),
                    Times.local(run.createdAt()),
                    run.taskId() == null ? "-" : run.taskId());
        }
        if (table.isEmpty()) {
            System.out.println("No runs. Make one with: " + ProgramName.with("run --help"));
            return;
        }
        table.print(System.out);
        if (page.next() != null) {
            System.out.println("More: " + ProgramName.with("list --after " + page.next()));
        }
    }
}
