/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.ConfigurationException;
import dev.ralph.samples.plain.log.LogSettings;
import dev.ralph.samples.plain.log.LogUse;
import dev.ralph.samples.plain.log.Logs;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
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
                        + "Logs go to standard error: LOG_LEVEL (error, warn, info, debug, trace, off; else warn, or info where"
                        + " one of the next two is set), LOG_FORMAT (text, json), LOG_FILE. Errors go to SENTRY_DSN, too. NO_COLOR switches"
                        + " colours off.%n",
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
            HealthCommand.class,
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
                .setExecutionStrategy(RalphCommand::logAndRun)
                .execute(arguments);
    }

    /** What is wrong with the log's configuration is told like what is wrong with anything else. */
    private static int logAndRun(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine command = commands.get(commands.size() - 1);
        try {
            Logs.start(LogSettings.read(use(command.getCommand())));
        } catch (ConfigurationException e) {
            throw new ExecutionException(command, e.getMessage(), e);
        }
        return new RunLast().execute(parsed);
    }

    private static LogUse use(Object command) {
        return command instanceof WorkerCommand || command instanceof RunCommand || command instanceof ResumeCommand
                ? LogUse.WORKING
                : LogUse.LOOKING;
    }
}
