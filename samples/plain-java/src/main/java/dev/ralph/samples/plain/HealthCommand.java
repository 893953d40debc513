/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.health.Health;
import dev.ralph.health.HealthReport;
import dev.ralph.samples.plain.host.Host;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says once whether this host could work on runs. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        description =
                "Look once whether runs can be worked on here: database, agents, containment, disks, memory. Prints the report"
                        + " as JSON, and makes nothing that is not there. Of a worker that runs, ask its port (worker"
                        + " --metrics-port).",
        footer = {"", "Exit codes: 0 if healthy, 1 if not."})
final class HealthCommand implements Callable<Integer> {

    @ArgGroup
    private @Nullable Question question;

    /** What is asked; all of it without one. */
    static final class Question {

        @Option(names = "--live", description = "Ask only whether a process can go on at all.")
        private boolean live;

        @Option(names = "--ready", description = "Ask only what would keep work away.")
        private boolean ready;
    }

    @Override
    public Integer call() {
        HealthReport report = question != null && question.live ? live() : look();
        System.out.println(report.toJson());
        return (report.healthy() ? ExitCode.OK : ExitCode.ERROR).code();
    }

    /** Whether there is a database does not matter for that. */
    private static HealthReport live() {
        try (Host host = Host.withoutRuns()) {
            return host.orchestrator().health().live();
        }
    }

    private HealthReport look() {
        try (Host host = Host.probing()) {
            Health health = host.orchestrator().health();
            return question != null && question.ready ? health.ready() : health.full();
        }
    }
}
