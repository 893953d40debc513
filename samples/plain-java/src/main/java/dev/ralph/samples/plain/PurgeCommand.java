/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Orchestrator;
import dev.ralph.Page;
import dev.ralph.Purge;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.option.DurationText;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.PrivacyText;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes old runs. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Remove runs that ended long ago, with their full outputs, checkpoints and costs. The audit trail and what was"
                        + " consumed of shared budgets stay. It cannot be undone.")
final class PurgeCommand implements Callable<Integer> {

    private static final int PAGE = 200;

    @Option(
            names = "--older-than",
            required = true,
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Runs that ended longer ago than this, such as 30d.")
    private Duration olderThan = Duration.ZERO;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Instant before = Instant.now().minus(olderThan);
        if (!yes && !Confirmation.of(question(before), false)) {
            System.out.println("Nothing was removed.");
            return ExitCode.ERROR.code();
        }
        try (Host host = Host.commanding()) {
            Purge purge = host.orchestrator().privacy().purge(before);
            if (json) {
                Json lines = new Json(System.out);
                lines.print(lines.object("purge", purge));
            } else {
                PrivacyText.print(purge, System.out);
            }
            return ExitCode.OK.code();
        }
    }

    /** The store is closed again before somebody is asked: others may need it meanwhile. */
    private static String question(Instant before) {
        try (Host host = Host.reading()) {
            return "Remove " + PrivacyText.runs(count(host.orchestrator(), before)) + " that ended before " + before
                    + "? It cannot be undone.";
        }
    }

    private static int count(Orchestrator orchestrator, Instant before) {
        int count = 0;
        @Nullable RunQuery next = RunQuery.NEWEST
                .withStatuses(RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.FAILED)
                .withCreated(null, before)
                .withLimit(PAGE);
        while (next != null) {
            Page<RunSnapshot> page = orchestrator.list(next);
            for (RunSnapshot run : page.items()) {
                Instant end = run.completedAt() == null ? run.updatedAt() : run.completedAt();
                count += end.isBefore(before) ? 1 : 0;
            }
            next = page.next() == null ? null : next.withAfter(page.next());
        }
        return count;
    }
}
