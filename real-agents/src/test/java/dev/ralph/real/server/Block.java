/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import java.util.Map;

/** A part of an answer. */
public sealed interface Block {

    /** What the model says. */
    record Text(String text) implements Block {}

    /** What the model thinks before it says anything. */
    record Thinking(String text) implements Block {}

    /**
     * A tool the client is to run.
     *
     * @param name the client's name for it
     * @param input its arguments: strings, numbers, booleans
     */
    record ToolCall(String name, Map<String, Object> input) implements Block {}
}
