/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tools that were called and have not returned: results name the call, not the tool. Bounded; not thread-safe. */
final class OpenCalls {

    private static final int MAX = 1_000;

    private final Map<String, String> tools = new LinkedHashMap<>();

    void begin(String call, String tool) {
        if (tools.size() < MAX) {
            tools.put(call, tool);
        }
    }

    String end(String call) {
        String tool = tools.remove(call);
        return tool == null ? "unknown" : tool;
    }
}
