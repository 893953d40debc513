/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Orchestrator;
import dev.ralph.RunSpec;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunSession;
import dev.ralph.samples.plain.host.Started;
import dev.ralph.samples.plain.option.SpecOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Submits a run and sees it through. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        description = "Run an agent on a task until its work passes the gates or a limit is reached.",
        footer = {
            "",
            "Ctrl-C lets the iteration in flight end and hands the run back; twice kills the agent.",
            "Examples:",
            "  ralph run --prompt-file TASK.md --gate 'mvn -q test' --max-iterations 20",
            "  ralph run --prompt 'Make the tests pass' --gate ./check.sh -- my-agent --model large"
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private SpecOptions options = new SpecOptions();

    @Mixin
    private ViewOptions viewing = new ViewOptions();

    @Option(
            names = "--dry-run",
            description = "Check everything and print what would run; launch no agent and no gate.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        AgentArguments.requireDelimiter(command, options);
        if (dryRun) {
            return new DryRun(viewing.json()).report(options::spec).code();
        }
        try (Host host = Host.open()) {
            Orchestrator orchestrator = host.orchestrator();
            RunSpec spec = options.spec(orchestrator.defaultLimits());
            RunEnd end = new RunSession(host, viewing.drainTimeout()).drive(() -> start(host, spec), viewing.view());
            return ExitCode.of(end).code();
        }
    }

    /** A task that is known already is gone on with, in case the process that worked on it is gone. */
    private static Started start(Host host, RunSpec spec) {
        String taskId = spec.taskId();
        if (taskId != null) {
            var known = host.orchestrator().findByTaskId(taskId);
            if (known.isPresent()) {
                return Started.resuming(host, known.get());
            }
        }
        return Started.anew(host.orchestrator().submit(spec));
    }
}
