/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.AttemptRecord;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Prompt;
import dev.ralph.RunProgress;
import dev.ralph.RunSnapshot;
import dev.ralph.RunSpec;
import dev.ralph.Verification;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run's records for people. */
public final class TextReport {

    private static final int SHORT_COMMIT = 12;

    private TextReport() {}

    /**
     * Prints them.
     *
     * @param output whether to show the end of each iteration's output
     */
    public static void print(RunRecords records, boolean output, PrintStream out) {
        head(records.snapshot(), records.spec(), out);
        figures(records.snapshot(), records.spec().limits(), out);
        section("Attempts", attempts(records), out);
        section("Iterations", iterations(records), out);
        section("Gates", gates(records), out);
        section("Checkpoints", checkpoints(records), out);
        if (output) {
            records.iterations().forEach(iteration -> output(iteration, out));
        }
    }

    private static void head(RunSnapshot run, RunSpec spec, PrintStream out) {
        line(out, "Run", run.id().toString());
        line(
                out,
                "Status",
                run.status()
                        + (run.reason() == null ? "" : ", " + run.reason())
                        + (run.verification() == Verification.NONE ? "" : ", " + run.verification()));
        optional(out, "Detail", run.detail());
        line(out, "Workspace", spec.workspace().describe());
        line(out, "Prompt", prompt(spec.prompt()));
        line(out, "Agents", BeginText.agents(spec) + "; " + BeginText.gates(spec));
        optional(out, "Task", run.taskId());
        optional(out, "Subject", run.subject());
        if (!run.labels().isEmpty()) {
            line(out, "Labels", run.labels().toString());
        }
        line(
                out,
                "Times",
                "submitted " + Times.local(run.createdAt()) + ", taken up " + Times.local(run.startedAt()) + ", ended "
                        + Times.local(run.completedAt()));
        optional(out, "Worked on by", run.owner());
    }

    private static void figures(RunSnapshot run, Limits limits, PrintStream out) {
        RunProgress progress = run.progress();
        Long maxTokens = limits.maxTokens();
        line(
                out,
                "Iterations",
                Figures.count(progress.iterations()) + " of " + Figures.count(limits.maxIterations()) + ", in "
                        + Figures.count(progress.attempts()) + " attempts, " + Figures.count(progress.unreported())
                        + " of which did not report what they used");
        line(
                out,
                "Runtime",
                Figures.time(progress.runtimeAt(Instant.now())) + " of " + Figures.time(limits.maxRuntime()));
        line(
                out,
                "Tokens",
                Figures.count(progress.usage().total()) + " reported + " + Figures.count(progress.unknownTokens())
                        + " charged as unknown" + (maxTokens == null ? "" : ", of " + Figures.count(maxTokens)));
        line(
                out,
                "Cost",
                Figures.dollars(progress.spend().billed()) + " billed + "
                        + Figures.dollars(progress.spend().estimated()) + " estimated + "
                        + Figures.dollars(progress.spend().unknown()) + " unknown"
                        + (limits.maxCost() == null ? "" : ", of " + Figures.dollars(limits.maxCost())));
    }

    private static Table attempts(RunRecords records) {
        Table table = new Table("ITERATION", "ATTEMPT", "AGENT", "STATUS", "TIME", "TOKENS", "COST", "FAILURE");
        for (AttemptRecord attempt : records.attempts()) {
            table.row(
                    attempt.iteration(),
                    attempt.attempt(),
                    attempt.agent(),
                    attempt.status(),
                    took(attempt.startedAt(), attempt.endedAt()),
                    attempt.usage() == null
                            ? "unknown"
                            : Figures.count(attempt.usage().total()),
                    Figures.cost(attempt.cost()),
                    attempt.failure() == null
                            ? "-"
                            : attempt.failure() + (attempt.message() == null ? "" : ": " + attempt.message()));
        }
        return table;
    }

    private static Table iterations(RunRecords records) {
        Table table = new Table("ITERATION", "AGENT", "STATUS", "WORKSPACE", "CLAIM", "TIME");
        for (IterationRecord iteration : records.iterations()) {
            table.row(
                    iteration.iteration(),
                    iteration.agent(),
                    iteration.status(),
                    iteration.workspaceChanged() ? "changed" : "unchanged",
                    iteration.claimed() ? "done" : "-",
                    took(iteration.startedAt(), iteration.endedAt()));
        }
        return table;
    }

    private static Table gates(RunRecords records) {
        Table table = new Table("ITERATION", "GATE", "VERDICT", "TIME");
        for (GateRecord gate : records.gates()) {
            table.row(gate.iteration(), gate.gate(), gate.passed() ? "passed" : "rejected", Figures.time(gate.took()));
        }
        return table;
    }

    private static Table checkpoints(RunRecords records) {
        Table table = new Table("CHECKPOINT", "AFTER", "COMMIT", "REF");
        for (CheckpointRecord checkpoint : records.checkpoints()) {
            table.row(
                    checkpoint.number(),
                    checkpoint.iteration() == 0 ? "before the first" : "iteration " + checkpoint.iteration(),
                    checkpoint
                            .commit()
                            .substring(
                                    0,
                                    Math.min(SHORT_COMMIT, checkpoint.commit().length())),
                    checkpoint.ref());
        }
        return table;
    }

    private static void section(String title, Table table, PrintStream out) {
        if (!table.isEmpty()) {
            out.println();
            out.println(title);
            table.print(out);
        }
    }

    private static void output(IterationRecord iteration, PrintStream out) {
        out.println();
        out.println("End of the output of iteration " + iteration.iteration());
        SafeText.lines(iteration.outputPreview()).lines().forEach(line -> out.println("  " + line));
    }

    private static String prompt(Prompt prompt) {
        return prompt instanceof Prompt.File file
                ? "the file " + file.path()
                : "text of " + Figures.count(((Prompt.Text) prompt).value().length()) + " characters";
    }

    private static String took(Instant from, @Nullable Instant to) {
        return to == null ? "-" : Figures.time(Duration.between(from, to));
    }

    private static void optional(PrintStream out, String name, @Nullable String value) {
        if (value != null) {
            line(out, name, value);
        }
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("%-13s%s%n", name, SafeText.line(value));
    }
}
