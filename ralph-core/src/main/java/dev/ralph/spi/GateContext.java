/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a gate is given.
 *
 * @param run the run whose claim is checked
 * @param iteration the iteration that made the claim
 * @param workspace the directory to check
 * @param processes launches contained processes; shared, do not close it
 * @param output hears what they print and keeps it as the gate's full output ({@link dev.ralph.Run#output}): give it to
 *     {@link ProcessLauncher#start}, or pass {@link ProcessListener#printed} on to it
 * @param environment variables for what it launches, beside those it is set up with: the trace context ({@code TRACEPARENT},
 *     {@code TRACESTATE}) where the host traces
 */
public record GateContext(
        RunId run,
        int iteration,
        Path workspace,
        ProcessLauncher processes,
        ProcessListener output,
        Map<String, String> environment) {

    public GateContext {
        environment = Map.copyOf(environment);
    }

    /** What a gate is given that is traced by nobody. */
    public GateContext(RunId run, int iteration, Path workspace, ProcessLauncher processes, ProcessListener output) {
        this(run, iteration, workspace, processes, output, Map.of());
    }
}
