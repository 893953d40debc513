/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.plain.host.WorkerView;
import java.io.PrintStream;

/** One line for each run that comes, goes or waits. */
final class LineWorkerView implements WorkerView {

    private final PrintStream out;
    private final boolean quiet;

    LineWorkerView(PrintStream out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    @Override
    public void begin(String node, String database, int parallelRuns) {
        print("Worker " + node + " takes runs from " + database + ", up to " + parallelRuns + " at once.");
    }

    @Override
    public void on(RunEvent event) {
        if (!quiet && isOfInterest(event)) {
            print(EventText.ofRun(event));
        }
    }

    @Override
    public void notice(String text) {
        print(text);
    }

    @Override
    public void end(boolean clean) {
        print(
                clean
                        ? "Stopped. Other workers go on with what was handed back."
                        : "Stopped. Iterations were cut off; other workers go on with their runs.");
    }

    /** What an iteration does is for whoever follows the run. */
    private static boolean isOfInterest(RunEvent event) {
        return event instanceof StateEvent.RunTakenUp
                || event instanceof StateEvent.RunWaiting
                || event instanceof StateEvent.RunPaused
                || event instanceof StateEvent.RunHandedBack
                || event instanceof StateEvent.RunEnded;
    }

    private void print(String line) {
        out.println(SafeText.line(line));
        out.flush();
    }
}
