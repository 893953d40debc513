/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.RunSpec;
import java.nio.file.Path;

/** Shell scripts that are agents, as properties. */
final class ScriptedAgents {

    /** Says it is done at once. */
    static final String[] DONE = agent("writer", "cat >/dev/null; echo LOOP_COMPLETE");

    private ScriptedAgents() {}

    /** The agent's id and script, as properties. */
    static String[] agent(String id, String script) {
        return new String[] {
            "ralph.agents." + id + ".command[0]=sh",
            "ralph.agents." + id + ".command[1]=-c",
            "ralph.agents." + id + ".command[2]=" + script,
            "ralph.agent=" + id
        };
    }

    /** A run in a folder. */
    static RunSpec run(Path workspace) {
        return RunSpec.prompt("Say that it is done").workspace(workspace).build();
    }
}
