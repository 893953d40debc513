/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.spi.AgentListener;

/**
 * Passes on what the model writes line by line. It comes in pieces that end anywhere, and a secret in two pieces would not
 * be recognised by those who redact them one by one. Not thread-safe.
 */
final class SpokenLines {

    private static final int MAX_CHARS = 16_384;

    private final AgentListener listener;
    private final StringBuilder held = new StringBuilder();

    SpokenLines(AgentListener listener) {
        this.listener = listener;
    }

    void add(String piece) {
        held.append(piece);
        int end = held.lastIndexOf("\n") + 1;
        if (end == 0 && held.length() > MAX_CHARS) {
            int blank = held.lastIndexOf(" ") + 1;
            end = blank == 0 ? held.length() : blank;
        }
        tell(end);
    }

    /** Passes on what is left: nothing will be added to the line. */
    void end() {
        tell(held.length());
    }

    private void tell(int end) {
        if (end > 0) {
            String text = held.substring(0, end);
            held.delete(0, end);
            listener.text(text);
        }
    }
}
