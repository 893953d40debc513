/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.AgentRef;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.agent.CommandAgent;
import dev.ralph.agent.CommandAgentConfig;
import dev.ralph.agent.CommandAgentProvider;
import java.nio.file.Path;
import java.time.Duration;

/** The agents of a node: one is a script, the other code, for where a thousand processes more would only cost time. */
final class ClusterAgents {

    private static final String SCRIPTED = "scripted";

    private ClusterAgents() {}

    static AgentRef scriptedRef() {
        return AgentRef.of(SCRIPTED);
    }

    static OrchestratorBuilder register(OrchestratorBuilder builder, Path folder, String node) {
        return builder.agent(scripted(folder, node)).agent(new WritingAgent(folder, node));
    }

    /** Runs {@link Arena#AGENT}. */
    static CommandAgentProvider scripted(Path folder, String node) {
        return CommandAgent.builder(SCRIPTED)
                .command("sh", folder.resolve(Arena.AGENT).toString(), "{workspace}", "{iteration}", "{attempt}")
                .variable("MARKS", folder.toString())
                .variable("NODE", node)
                .json(new CommandAgentConfig.JsonResult(
                        "/result", null, "/in", "/out", null, null, "/cost", CostKind.BILLED))
                .exitCode(Arena.RATE_LIMITED, FailureClass.RATE_LIMITED)
                .grace(Duration.ofMillis(300))
                .build();
    }
}
