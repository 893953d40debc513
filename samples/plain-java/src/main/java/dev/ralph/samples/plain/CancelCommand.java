/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.RunStateException;
import dev.ralph.samples.plain.host.Host;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a run nobody works on. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "End a run that was handed back, is paused, waits, or whose process died. One that is worked on is"
                        + " stopped where it runs, with Ctrl-C, first.")
final class CancelCommand implements Callable<Integer> {

    /** The lease of a process that died has to lapse first. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        try (Host host = Host.open()) {
            Run run = host.run(id);
            run.cancel();
            var result = run.await(PATIENCE)
                    .orElseThrow(() -> new RunStateException("run " + run.id() + " has not ended within "
                            + PATIENCE.toSeconds() + " s; it will, as soon as somebody resumes it"));
            System.out.println("Run " + run.id() + ": " + result.reason());
            return ExitCode.OK.code();
        }
    }
}
