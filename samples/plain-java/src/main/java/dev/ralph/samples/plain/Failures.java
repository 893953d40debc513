/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.RalphException;
import dev.ralph.samples.plain.view.SafeText;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong, in one line with the fix, and gives the exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final BooleanSupplier debug;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ralph: " + SafeText.line(String.valueOf(failure.getMessage())));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        trace(failure, err);
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof RalphException known) {
            err.println("ralph: " + SafeText.line(known.getMessage()));
            trace(failure, err);
            return ExitCode.of(known).code();
        }
        err.println("ralph: a bug: " + SafeText.line(failure.toString())
                + (debug.getAsBoolean() ? "" : "; --debug shows where"));
        trace(failure, err);
        return ExitCode.INTERNAL_ERROR.code();
    }

    private void trace(Exception failure, PrintWriter err) {
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        err.flush();
    }
}
