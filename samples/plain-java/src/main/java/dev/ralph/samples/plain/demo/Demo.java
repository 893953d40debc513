/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.demo;

import dev.ralph.AgentRef;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RunSpec;
import dev.ralph.UnknownUsage;
import dev.ralph.agent.CommandAgentProvider;
import dev.ralph.gate.CommandGate;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunSession;
import dev.ralph.samples.plain.host.RunView;
import dev.ralph.samples.plain.host.Started;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs the loop on a small project with an agent that follows a script, but really edits and really is checked. */
public final class Demo {

    private final Orchestrator orchestrator;
    private final RunSession session;
    private final PrintStream out;

    public Demo(Orchestrator orchestrator, RunSession session, PrintStream out) {
        this.orchestrator = orchestrator;
        this.session = session;
        this.out = out;
    }

    /**
     * Makes the project, runs the loop, tells what came of it.
     *
     * @param folder empty, or not there yet
     */
    public RunEnd play(Path folder, RunView view) throws InterruptedException {
        DemoProject project = DemoProject.create(folder);
        introduce(project);
        RunSpec spec = RunSpec.promptFile(project.task())
                .workspace(project.workspace())
                .agent(new AgentRef(CommandAgentProvider.ID, Map.of("command", project.agent())))
                .gate(CommandGate.of(project.check()).withTimeout(Duration.ofSeconds(30)))
                .limits(Limits.builder()
                        .maxIterations(8)
                        .maxRuntime(Duration.ofMinutes(2))
                        .attemptTimeout(Duration.ofSeconds(30))
                        // It calls no model: what it does not report is nothing.
                        .unknownUsage(UnknownUsage.COUNT_REPORTED)
                        .build())
                .label("demo", "true")
                .build();
        RunEnd end = session.drive(() -> Started.anew(orchestrator.submit(spec)), view);
        if (end.result() != null) {
            orchestrator.find(end.id()).ifPresent(run -> new DemoReport(run, out).print());
        }
        return end;
    }

    private void introduce(DemoProject project) {
        out.println("A calculator with four faults, its checks and its agent are in "
                + project.workspace().getParent());
        out.println(
                "The agent is a script, no model: it mends one fault a launch, and its second claim to be done is true.");
        out.println();
        out.flush();
    }
}
