/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.AgentStatus;
import dev.ralph.GateRef;
import dev.ralph.Limits;
import dev.ralph.Prompt;
import dev.ralph.RunSpec;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What a run would be, for people. */
public final class SpecText {

    private SpecText() {}

    /**
     * Prints it.
     *
     * @param agents those it would try, in order
     */
    public static void print(RunSpec spec, List<AgentStatus> agents, PrintStream out) {
        out.println("Everything checks out; nothing was launched and nothing was stored. This would run:");
        Limits limits = spec.limits();
        line(out, "Workspace", spec.workspace().describe());
        line(out, "Prompt", prompt(spec.prompt()));
        if (agents.isEmpty()) {
            line(out, "Agents", "none is installed here: the run would end with AGENT_UNAVAILABLE");
        }
        for (AgentStatus agent : agents) {
            line(out, "Agent", agent(agent));
        }
        for (GateRef gate : spec.gates()) {
            line(out, "Gate", String.valueOf(gate.settings().getOrDefault("command", gate.name())));
        }
        if (spec.gates().isEmpty()) {
            line(out, "Gates", "none: a claim of completion is taken UNVERIFIED");
        }
        line(out, "Limits", BeginText.limits(spec));
        line(
                out,
                "Time-outs",
                Figures.time(limits.attemptTimeout()) + " an attempt, " + Figures.time(limits.idleTimeout())
                        + " without output");
        line(out, "Failures", spec.retry().maxConsecutiveFailures() + " in a row end the run");
        line(out, "Promise", spec.completionPromise());
        line(
                out,
                "Checkpoints",
                spec.checkpoints().every() == 0
                        ? "none"
                        : "every " + spec.checkpoints().every() + " iterations");
        line(out, "Interrupted", spec.onInterrupted().name().toLowerCase(Locale.ROOT));
        if (spec.priority() != 0) {
            line(out, "Priority", Integer.toString(spec.priority()));
        }
        if (!spec.startDelay().isZero()) {
            line(out, "Delay", Figures.time(spec.startDelay()));
        }
        if (!spec.labels().isEmpty()) {
            line(out, "Labels", spec.labels().toString());
        }
        if (spec.taskId() != null) {
            line(out, "Task", spec.taskId());
        }
        if (spec.subject() != null) {
            line(out, "Subject", spec.subject());
        }
    }

    private static String agent(AgentStatus agent) {
        String version = agent.probe().version();
        return agent.id()
                + (agent.probe().ready()
                        ? version == null ? ", ready" : ", ready: " + version
                        : ", NOT READY: " + agent.probe().problem() + " ("
                                + agent.probe().fix() + ")");
    }

    private static String prompt(Prompt prompt) {
        return prompt instanceof Prompt.File file
                ? "the file " + file.path()
                : "text of " + Figures.count(((Prompt.Text) prompt).value().length()) + " characters";
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("%-13s%s%n", name, SafeText.line(value));
    }
}
