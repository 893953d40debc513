/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.InvalidValueException;
import dev.ralph.samples.plain.host.WorkerSession;
import dev.ralph.samples.plain.option.DurationText;
import dev.ralph.samples.plain.view.WorkerViews;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Joins those who work on queued runs. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        description =
                "Take runs from the PostgreSQL that DATABASE_URL names and work on them, until Ctrl-C or SIGTERM. Any"
                        + " number of workers, on any number of machines, share the work; when one dies, the others go on with its"
                        + " runs. Directories must have the same path on all of them.",
        footer = {
            "",
            "After Ctrl-C or SIGTERM it takes up no more runs, gives iterations in flight the time of --drain-timeout, and"
                    + " hands their runs back; other workers go on with them. Twice kills the agents and ends at once.",
            "Exit codes: 0 if every iteration came to its end, 50 if some were cut off, 137 after the second signal."
        })
final class WorkerCommand implements Callable<Integer> {

    /** What the queue takes to see that nothing is in flight. */
    private static final Duration LEAST_DRAIN = Duration.ofSeconds(1);

    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Runs at work at once (RALPH_MAX_PARALLEL_RUNS; else 4).")
    private @Nullable Integer parallel;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationText.class,
            description =
                    "Time iterations in flight get after Ctrl-C or SIGTERM, 1s or longer (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout = Duration.ofSeconds(30);

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Serve /live, /ready, /health and /metrics by HTTP on this port, 0 for any that is free (METRICS_PORT; 8080"
                            + " with ENABLE_METRICS=true alone; else nothing is served). METRICS_HOST is the address, the loopback"
                            + " one without it; ENABLE_METRICS=false leaves out /metrics.")
    private @Nullable Integer metricsPort;

    @Option(names = "--json", description = "Print JSON, one object a line: every state event of its runs.")
    private boolean json;

    @Option(names = "--quiet", description = "Print when it starts and stops; nothing of runs.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        if (parallel != null && parallel < 1) {
            throw new InvalidValueException("--parallel", parallel, "must be 1 or more");
        }
        if (drainTimeout.compareTo(LEAST_DRAIN) < 0) {
            throw new InvalidValueException(
                    "--drain-timeout",
                    drainTimeout.toMillis() + "ms",
                    "must be " + LEAST_DRAIN.toSeconds() + "s or longer");
        }
        if (metricsPort != null && (metricsPort < 0 || metricsPort > MOST_PORT)) {
            throw new InvalidValueException("--metrics-port", metricsPort, "must be from 0 to " + MOST_PORT);
        }
        boolean clean = new WorkerSession(parallel, drainTimeout, metricsPort)
                .work(WorkerViews.choose(json, quiet, System.out));
        return (clean ? ExitCode.OK : ExitCode.CUT_OFF).code();
    }
}
