/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.samples.plain.host.Host;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells the agent of a run something, whoever works on it. */
@Command(
        name = "guide",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Tell the agent of a run something, in whichever process it is: it reads it at its next iteration.")
final class GuideCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "What the agent is told; quote it.")
    private String text = "";

    @Override
    public Integer call() {
        try (Host host = Host.commanding()) {
            Run run = host.run(id);
            run.guide(text);
            System.out.println("Run " + run.id() + ": its agent is told at its next iteration.");
            return ExitCode.OK.code();
        }
    }
}
