/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

/** The end of a text of any length, within a bound. Not thread-safe. */
final class TextTail {

    private final int maxChars;
    private final StringBuilder text = new StringBuilder();
    private boolean cut;

    TextTail(int maxChars) {
        this.maxChars = maxChars;
    }

    void append(String more) {
        text.append(more, Math.max(0, more.length() - maxChars), more.length());
        cut |= more.length() > maxChars;
        // Twice the bound, so that what is dropped is moved once, not with every word.
        if (text.length() > 2 * maxChars) {
            text.delete(0, text.length() - maxChars);
            cut = true;
        }
    }

    /** Begins anew. */
    void clear() {
        text.setLength(0);
        cut = false;
    }

    /** Says that some of it is missing. */
    void markCut() {
        cut = true;
    }

    boolean cut() {
        return cut;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
