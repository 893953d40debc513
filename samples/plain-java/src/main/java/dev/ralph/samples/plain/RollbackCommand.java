/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.RollbackReport;
import dev.ralph.Run;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.SafeText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restores a workspace to a checkpoint. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Restore the workspace of a run that is paused or has ended to one of its checkpoints. Branch, index,"
                        + " stash and ignored files are left alone; what is there now is kept in a checkpoint of its own first.")
final class RollbackCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "N",
            description = "Number of the checkpoint; 'ralph show ID' lists them, 0 is the state before the run.")
    private int number;

    @Override
    public Integer call() {
        try (Host host = Host.reading()) {
            Run run = host.run(id);
            RollbackReport report = run.rollback(number);
            System.out.println("Workspace " + run.spec().workspace().describe() + " is as it was at checkpoint "
                    + number + ": "
                    + report.changedFiles() + " files changed. What was there before is commit " + report.before()
                    + ".");
            report.kept().forEach(path -> System.out.println("Left as it is: " + SafeText.line(path)));
            return ExitCode.OK.code();
        }
    }
}
