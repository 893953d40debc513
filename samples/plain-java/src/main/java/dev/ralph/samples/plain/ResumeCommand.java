/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunSession;
import dev.ralph.samples.plain.host.Started;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Override
    public Integer call() throws InterruptedException {
        try (Host host = Host.open()) {
            Run run = host.run(id);
            RunEnd end = new RunSession(host, viewing.drainTimeout())
                    .drive(() -> Started.resuming(host, run), viewing.view());
            return ExitCode.of(end).code();
        }
    }
}
