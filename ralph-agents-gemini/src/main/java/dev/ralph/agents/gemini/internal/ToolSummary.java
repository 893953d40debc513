/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.JsonEvent;
import java.util.List;

/** One line that tells what a tool does. */
final class ToolSummary {

    private static final int CHARS = 200;

    /** Parameters of the client's own tools that say it best, the best first. */
    private static final List<String> TELLING =
            List.of("command", "file_path", "absolute_path", "dir_path", "path", "pattern", "query", "prompt", "url");

    private ToolSummary() {}

    static String ofCall(JsonEvent parameters) {
        for (String name : TELLING) {
            String value = parameters.text(name);
            if (value != null) {
                return oneLine(value);
            }
        }
        return oneLine(String.join(", ", parameters.names()));
    }

    static String oneLine(String text) {
        return ClientOutcomes.oneLine(text, CHARS);
    }
}
