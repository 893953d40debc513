/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.RunStateException;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunSession;
import dev.ralph.samples.plain.host.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Go on with a run that was handed back, is paused, or whose process died. Counters, runtime and"
                + " spend go on from where they stood.")
final class ResumeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Mixin
    private ViewOptions viewing = new ViewOptions();

    @Option(
            names = "--queue",
            description =
                    "Leave it to the workers that share the database, and return at once. Without this, this process"
                            + " works on it.")
    private boolean queue;

    @Override
    public Integer call() throws InterruptedException {
        return queue ? leave() : work();
    }

    private Integer leave() {
        try (Host host = Host.queueing()) {
            Run run = host.run(id);
            run.resume();
            System.out.println("Run " + run.id() + " goes on as soon as a worker takes it up.");
            System.out.println("Watch it:  " + ProgramName.with("events " + run.id() + " --follow"));
            return ExitCode.OK.code();
        }
    }

    private Integer work() throws InterruptedException {
        try (Host host = Host.open()) {
            Run run = host.run(id);
            requireWorkspace(run);
            RunEnd end = new RunSession(host, viewing.drainTimeout())
                    .drive(() -> Started.resuming(host, run), viewing.view());
            return ExitCode.of(end).code();
        }
    }

    /** Elsewhere there may be one: here, the run would end as one that lost it. */
    private static void requireWorkspace(Run run) {
        Optional<Path> missing = run.spec().workspace().path().filter(directory -> !Files.isDirectory(directory));
        if (missing.isPresent() && !run.snapshot().status().isFinal()) {
            throw new RunStateException("the workspace " + missing.get() + " of run " + run.id()
                    + " is not on this machine; leave the run to the workers: "
                    + ProgramName.with("resume " + run.id() + " --queue") + ", or end it: "
                    + ProgramName.with("cancel " + run.id()));
        }
    }
}
