/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.JsonEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers which tool a call was for, and puts calls and returns in a line. */
final class ToolNames {

    private static final int MAX_CALLS = 256;
    private static final int LINE = 200;

    /** What tells most about a call, in this order. */
    private static final List<String> TELLING = List.of(
            "command",
            "file_path",
            "notebook_path",
            "path",
            "pattern",
            "url",
            "query",
            "skill",
            "description",
            "prompt");

    private final Map<String, String> open = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_CALLS;
        }
    };

    String called(JsonEvent call) {
        String name = call.text("name", "unknown");
        open.put(call.text("id", ""), name);
        return name;
    }

    String returned(JsonEvent result) {
        String name = open.remove(result.text("tool_use_id", ""));
        return name == null ? "unknown" : name;
    }

    static String summary(JsonEvent call) {
        JsonEvent input = call.object("input");
        for (String name : TELLING) {
            String value = input.text(name);
            if (value != null) {
                return ClientOutcomes.oneLine(value, LINE);
            }
        }
        for (String name : input.names()) {
            String value = input.text(name);
            if (value != null) {
                return ClientOutcomes.oneLine(value, LINE);
            }
        }
        return "";
    }

    static String outcome(JsonEvent result) {
        String text = result.text("content");
        if (text == null) {
            text = String.join(
                    " ",
                    result.objects("content").stream()
                            .map(block -> block.text("text", ""))
                            .toList());
        }
        return ClientOutcomes.oneLine(text, LINE);
    }
}
