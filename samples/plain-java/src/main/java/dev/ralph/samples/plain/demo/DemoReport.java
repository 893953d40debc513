/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.demo;

import dev.ralph.CheckpointRecord;
import dev.ralph.Run;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.view.SafeText;
import java.io.PrintStream;
import java.util.List;

/** What came of the demo. */
final class DemoReport {

    private static final int ALL = 100;
    private static final int DIFF_CHARS = 20_000;

    private final Run run;
    private final PrintStream out;

    DemoReport(Run run, PrintStream out) {
        this.run = run;
        this.out = out;
    }

    void print() {
        title("What the agent said, launch by launch");
        run.iterations(0, ALL).forEach(iteration -> {
            out.println("iteration " + iteration.iteration() + ":");
            SafeText.lines(iteration.outputPreview()).lines().forEach(line -> out.println("    " + line));
        });
        List<CheckpointRecord> checkpoints = run.checkpoints();
        title("Checkpoints (commits on hidden refs; the branch and the index are untouched)");
        for (CheckpointRecord checkpoint : checkpoints) {
            out.println(checkpoint.number() + "  "
                    + (checkpoint.iteration() == 0
                            ? "before the run      "
                            : "after iteration " + checkpoint.iteration() + "   ")
                    + checkpoint.ref());
        }
        if (!checkpoints.isEmpty()) {
            title("What changed");
            int last = checkpoints.get(checkpoints.size() - 1).number();
            SafeText.lines(run.diff(0, last, DIFF_CHARS)).lines().forEach(out::println);
        }
        title("Look further");
        out.println(ProgramName.with("show " + run.id() + " --output"));
        out.println(ProgramName.with("events " + run.id()));
        out.println(ProgramName.with("rollback " + run.id() + " 1"));
        run.spec()
                .workspace()
                .path()
                .ifPresent(workspace ->
                        out.println("git -C '" + workspace.toString().replace("'", "'\\''") + "' diff"));
        out.flush();
    }

    private void title(String text) {
        out.println();
        out.println("== " + text);
    }
}
