/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: what its commands have in common. */
@Command(
        name = "ralph",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        header = "Runs an AI coding agent in a loop until the work is verifiably done or a limit is reached.",
        description =
                "%nRuns are kept in the PostgreSQL database that DATABASE_URL names, else in a file in $RALPH_HOME, else"
                        + " in $XDG_STATE_HOME/ralph, else in ~/.local/state/ralph.%n"
                        + "A value comes from its option, else from a system property (ralph.max-cost), else from the environment"
                        + " (RALPH_MAX_COST), else from the properties file RALPH_CONFIG names, else from a default.%n"
                        + "LOG_LEVEL (WARN) says what is logged to standard error; NO_COLOR switches colours off.%n",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        subcommands = {
            RunCommand.class,
            SubmitCommand.class,
            WorkerCommand.class,
            ResumeCommand.class,
            PauseCommand.class,
            GuideCommand.class,
            RetryCommand.class,
            ListCommand.class,
            ShowCommand.class,
            EventsCommand.class,
            OutputCommand.class,
            RollbackCommand.class,
            CancelCommand.class,
            CostsCommand.class,
            AuditCommand.class,
            ExportCommand.class,
            EraseCommand.class,
            PurgeCommand.class,
            AgentsCommand.class,
            DemoCommand.class
        })
public final class RalphCommand {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error comes from.")
    private boolean debug;

    RalphCommand() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        RalphCommand program = new RalphCommand();
        CommandLine line = new CommandLine(program);
        line.getCommandSpec().usageMessage().exitCodeList(ExitCode.table());
        Failures failures = new Failures(() -> program.debug);
        return line.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(arguments);
    }
}
