/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.AgentStatus;
import dev.ralph.process.ContainmentReport;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells which agents there are and how well they are contained. */
@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Tell which agents there are, whether each can be used and what to do if not, and how well agents"
                + " are contained on this host.")
final class AgentsCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON: one object for each agent, then one for the containment.")
    private boolean json;

    @Override
    public Integer call() {
        try (Host host = Host.withoutRuns()) {
            List<AgentStatus> agents = host.orchestrator().agents();
            ContainmentReport containment = host.orchestrator().containment();
            if (json) {
                print(agents, containment, new Json(System.out));
            } else {
                print(agents);
                print(containment);
            }
            return ExitCode.OK.code();
        }
    }

    private static void print(List<AgentStatus> agents, ContainmentReport containment, Json json) {
        for (AgentStatus agent : agents) {
            ObjectNode object = json.object("agent").put("id", agent.id());
            object.setAll(json.object("agent", agent.probe()));
            json.print(object);
        }
        json.print(json.object("containment", containment)
                .put("level", containment.level().name())
                .put("degraded", containment.degraded()));
    }

    private static void print(List<AgentStatus> agents) {
        Table table = new Table("AGENT", "VERSION", "READY", "WHY NOT", "WHAT TO DO");
        for (AgentStatus agent : agents) {
            table.row(
                    agent.id(),
                    orDash(agent.probe().version()),
                    agent.probe().ready() ? "yes" : "no",
                    orDash(agent.probe().problem()),
                    orDash(agent.probe().fix()));
        }
        table.print(System.out);
    }

    private static void print(ContainmentReport containment) {
        System.out.println();
        System.out.println("Containment: " + containment.level() + " by " + containment.mechanism()
                + (containment.degraded() ? " (DEGRADED)" : ""));
        containment.attempts().stream()
                .filter(attempt -> !attempt.usable())
                .forEach(attempt -> System.out.println("  not " + attempt.mechanism() + ": " + attempt.problem()));
        if (containment.limitation() != null) {
            System.out.println("  limitation: " + containment.limitation());
        }
        if (containment.fix() != null) {
            System.out.println("  fix: " + containment.fix());
        }
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
