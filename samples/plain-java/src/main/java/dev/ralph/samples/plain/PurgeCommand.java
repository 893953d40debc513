/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Purge;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.option.DurationText;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.PrivacyText;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
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

    @Option(
            names = "--older-than",
            required = true,
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Runs that ended longer ago than this, such as 30d.")
    private Duration olderThan = Duration.ZERO;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Host host = Host.commanding()) {
            Purge purge = host.orchestrator().privacy().purge(Instant.now().minus(olderThan));
            if (json) {
                Json lines = new Json(System.out);
                lines.print(lines.object("purge", purge));
            } else {
                PrivacyText.print(purge, System.out);
            }
            return ExitCode.OK.code();
        }
    }
}
