/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.samples.plain.host.WorkerView;
import java.io.PrintStream;

/** Chooses how a worker is shown. */
public final class WorkerViews {

    private WorkerViews() {}

    /** JSON if asked for, else lines; with {@code quiet} nothing of runs. */
    public static WorkerView choose(boolean json, boolean quiet, PrintStream out) {
        return json ? new JsonWorkerView(new Json(out), quiet) : new LineWorkerView(out, quiet);
    }
}
