/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.AgentRef;
import dev.ralph.GateRef;
import dev.ralph.Limits;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import java.util.List;
import java.util.stream.Collectors;

/** What a run is about to do, in words. */
final class BeginText {

    private BeginText() {}

    static List<String> of(Run run) {
        RunSpec spec = run.spec();
        return List.of(
                SafeText.line("Run " + run.id() + " in " + spec.workspace().describe()),
                agents(spec) + "; " + gates(spec),
                limits(spec));
    }

    static String agents(RunSpec spec) {
        return spec.agents().isEmpty()
                ? "Agent: auto"
                : "Agent: " + spec.agents().stream().map(AgentRef::id).collect(Collectors.joining(", then "));
    }

    static String gates(RunSpec spec) {
        return spec.gates().isEmpty()
                ? "no gates: a claim of completion is taken UNVERIFIED"
                : "gates: "
                        + spec.gates().stream()
                                .map(GateRef::name)
                                .map(name -> "'" + SafeText.line(name) + "'")
                                .collect(Collectors.joining(", "));
    }

    static String limits(RunSpec spec) {
        Limits limits = spec.limits();
        Long tokens = limits.maxTokens();
        return "At most " + Figures.count(limits.maxIterations()) + " iterations, "
                + Figures.time(limits.maxRuntime()) + ", "
                + (tokens == null ? "any number of tokens" : Figures.count(tokens) + " tokens") + ", "
                + (limits.maxCost() == null ? "any cost" : Figures.dollars(limits.maxCost()));
    }
}
