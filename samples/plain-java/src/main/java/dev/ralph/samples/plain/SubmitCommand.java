/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunSession;
import dev.ralph.samples.plain.host.Started;
import dev.ralph.samples.plain.option.QueueOptions;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.RunViews;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Queues a run for the workers. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        description = "Queue a run in the PostgreSQL that DATABASE_URL names, print its id and return at once. A worker"
                + " takes it up: 'ralph worker', on this machine or another. A workspace must have the same path there;"
                + " with --git-remote each worker makes its own clone.",
        footer = {
            "",
            "Examples:",
            "  ralph submit --prompt-file TASK.md --gate 'mvn -q test' --task-id ticket-17",
            "  ralph submit --prompt 'Make the tests pass' --priority 10 --follow -- my-agent --model large"
        })
final class SubmitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private QueueOptions options = new QueueOptions();

    @Option(
            names = "--follow",
            description = "Show the run until it has ended, as 'ralph run' does. Ctrl-C stops showing it; it goes on.")
    private boolean follow;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @Option(names = "--quiet", description = "Print the id of the run, and with --follow how it ended; nothing else.")
    private boolean quiet;

    @Option(names = "--dry-run", description = "Check everything and print what would run; queue nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        AgentArguments.requireDelimiter(command, options.task());
        if (dryRun) {
            return new DryRun(json).report(options::spec).code();
        }
        try (Host host = Host.queueing()) {
            Orchestrator orchestrator = host.orchestrator();
            RunSpec spec = options.spec(orchestrator.defaultLimits());
            if (follow) {
                RunEnd end = RunSession.watching(host)
                        .drive(() -> queue(orchestrator, spec), RunViews.choose(json, quiet, System.out));
                return ExitCode.of(end).code();
            }
            print(queue(orchestrator, spec));
            return ExitCode.OK.code();
        }
    }

    /** A task that is known already stays what it is. */
    private static Started queue(Orchestrator orchestrator, RunSpec spec) {
        Optional<Run> known = Optional.ofNullable(spec.taskId()).flatMap(orchestrator::findByTaskId);
        return known.map(run -> new Started(
                        run,
                        0,
                        "Run " + run.id() + " has this task id already; it is "
                                + run.snapshot().status() + "."))
                .orElseGet(() -> {
                    Run run = orchestrator.submit(spec);
                    return new Started(run, 0, "Run " + run.id() + " is queued; a worker takes it up.");
                });
    }

    private void print(Started queued) {
        String id = queued.run().id().toString();
        if (json) {
            Json lines = new Json(System.out);
            lines.print(lines.object("queued")
                    .put("run", id)
                    .put("status", queued.run().snapshot().status().name()));
        } else if (quiet) {
            System.out.println(id);
        } else {
            System.out.println(queued.notice());
            System.out.println("Watch it:  " + ProgramName.with("events " + id + " --follow"));
            System.out.println("Look at it:  " + ProgramName.with("show " + id));
        }
    }
}
