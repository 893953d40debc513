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

/** Ends a run, whoever works on it. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "End a run: one that is worked on, in whichever process, after killing its agent; or one that was handed"
                        + " back, is paused, waits, or whose process died.")
final class CancelCommand implements Callable<Integer> {

    /** An agent has to die first, or the lease of a process that died has to run out. */
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
