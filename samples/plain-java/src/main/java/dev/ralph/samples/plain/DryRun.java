/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.AgentStatus;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgentProvider;
import dev.ralph.samples.plain.host.IdleDispatcher;
import dev.ralph.samples.plain.host.ProgramProbe;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.JsonReport;
import dev.ralph.samples.plain.view.RunRecords;
import dev.ralph.samples.plain.view.SpecText;
import dev.ralph.store.InMemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks everything a run checks before its first launch, by submitting it to an orchestrator that keeps it in memory and
 * works on nothing. Agents are asked whether they are ready, which spends nothing.
 */
final class DryRun {

    private final boolean json;

    DryRun(boolean json) {
        this.json = json;
    }

    /**
     * Prints what would run.
     *
     * @param options the run, given the limits that count where it names none
     */
    ExitCode report(Function<Limits, RunSpec> options) {
        try (Orchestrator orchestrator = Orchestrator.builder()
                .store(new InMemoryStore(InstantSource.system()))
                .property("RALPH_ARTIFACTS", "none")
                .dispatcher(new IdleDispatcher())
                .build()) {
            RunSpec spec = options.apply(orchestrator.defaultLimits());
            Run run = orchestrator.submit(spec);
            List<AgentStatus> agents = candidates(spec, orchestrator.agents());
            if (json) {
                print(run, agents, new Json(System.out));
            } else {
                SpecText.print(spec, agents, System.out);
            }
            boolean usable = agents.stream().anyMatch(agent -> agent.probe().ready());
            return usable ? ExitCode.OK : ExitCode.AGENT_UNAVAILABLE;
        }
    }

    private static void print(Run run, List<AgentStatus> agents, Json json) {
        ObjectNode report = JsonReport.of(RunRecords.of(run), json);
        report.put("type", "dry_run").remove("id");
        json.with(report, "candidates", agents);
        json.print(report);
    }

    private static List<AgentStatus> candidates(RunSpec spec, List<AgentStatus> known) {
        if (spec.agents().isEmpty()) {
            return known.stream()
                    .filter(agent -> !agent.id().equals(CommandAgentProvider.ID))
                    .toList();
        }
        return spec.agents().stream()
                .flatMap(wanted -> wanted.id().equals(CommandAgentProvider.ID)
                        ? Stream.of(
                                ProgramProbe.of(wanted, spec.workspace().path().orElse(Path.of("."))))
                        : known.stream().filter(agent -> agent.id().equals(wanted.id())))
                .toList();
    }
}
