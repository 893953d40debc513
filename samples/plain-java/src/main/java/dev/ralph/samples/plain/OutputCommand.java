/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.ArtifactException;
import dev.ralph.AttemptRecord;
import dev.ralph.GateRecord;
import dev.ralph.InvalidValueException;
import dev.ralph.OutputPart;
import dev.ralph.OutputRecord;
import dev.ralph.Run;
import dev.ralph.RunOutput;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.SafeText;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints everything an attempt or a gate printed. */
@Command(
        name = "output",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Print all that the processes of an attempt or a gate printed; without options, of the last attempt.")
final class OutputCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Option(names = "--iteration", paramLabel = "N", description = "Of this iteration; else of the last that has one.")
    private @Nullable Integer iteration;

    @Option(names = "--attempt", paramLabel = "N", description = "Of this attempt; else of the iteration's last.")
    private @Nullable Integer attempt;

    @Option(names = "--gate", paramLabel = "NAME", description = "Of this gate instead of an attempt.")
    private @Nullable String gate;

    @Option(names = "--raw", description = "As it was printed, with what a terminal obeys, such as colours.")
    private boolean raw;

    @Override
    public Integer call() {
        try (Host host = Host.reading()) {
            Run run = host.run(id);
            if (gate == null) {
                AttemptRecord chosen = attemptOf(run);
                String what = "attempt " + chosen.attempt() + " of iteration " + chosen.iteration();
                print(run.output(chosen.iteration(), chosen.attempt()), chosen.output(), what);
            } else {
                GateRecord chosen = gateOf(run, gate);
                String what = "gate '" + chosen.gate() + "' in iteration " + chosen.iteration();
                print(run.output(chosen), chosen.output(), what);
            }
            return ExitCode.OK.code();
        }
    }

    private AttemptRecord attemptOf(Run run) {
        return attempts(run).stream()
                .filter(one -> attempt == null || one.attempt() == attempt)
                .reduce((first, second) -> second)
                .orElseThrow(() -> attempt != null
                        ? unknown(run, "attempt", attempt)
                        : iteration != null
                                ? unknown(run, "iteration", iteration)
                                : new InvalidValueException("ID", run.id(), "has no attempts yet"));
    }

    /** Of the iteration that is asked for, else of the one in flight, else of the last recorded one. */
    private List<AttemptRecord> attempts(Run run) {
        if (iteration != null) {
            return run.attempts(iteration);
        }
        int recorded = run.snapshot().progress().iterations();
        List<AttemptRecord> inFlight = run.attempts(recorded + 1);
        return inFlight.isEmpty() && recorded > 0 ? run.attempts(recorded) : inFlight;
    }

    private static InvalidValueException unknown(Run run, String option, Object value) {
        return new InvalidValueException(option, value, "is none of those that 'ralph show " + run.id() + "' lists");
    }

    private GateRecord gateOf(Run run, String name) {
        return run.gates().stream()
                .filter(one -> one.gate().equals(name) && (iteration == null || one.iteration() == iteration))
                .reduce((first, second) -> second)
                .orElseThrow(() -> unknown(run, "gate", name));
    }

    private void print(Optional<RunOutput> found, @Nullable OutputRecord record, String what) {
        if (found.isEmpty()) {
            throw new ArtifactException("the output of " + what + " is not here: " + why(record));
        }
        try (RunOutput output = found.get()) {
            print(output, System.out);
        }
        System.out.flush();
    }

    private void print(RunOutput output, PrintStream out) {
        for (OutputPart part = output.next(); part != null && !out.checkError(); part = output.next()) {
            if (part instanceof OutputPart.Printed printed) {
                out.print(raw ? printed.text() : SafeText.lines(printed.text()));
            } else if (part instanceof OutputPart.Missing missing) {
                out.println("[" + missing.bytes() + " bytes are missing here]");
            }
        }
    }

    private static String why(@Nullable OutputRecord record) {
        if (record == null) {
            return "outputs were not kept (RALPH_ARTIFACTS), or it is still at work, or was when its process died";
        }
        if (record.bytes() == 0) {
            return "nothing was printed";
        }
        return record.lost()
                ? "it could not be kept, as on a full disk"
                : "it was deleted, is past its retention, or is in another folder or on another host";
    }
}
