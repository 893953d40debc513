/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the last lines of a text of any length within a bound. Thread-safe. */
final class TextTail {

    private final int maxChars;
    private final Deque<String> lines = new ArrayDeque<>();
    private long chars;
    private boolean cut;

    TextTail(int maxChars) {
        this.maxChars = maxChars;
    }

    synchronized void add(String line, boolean lineCut) {
        String kept = line.length() <= maxChars ? line : line.substring(line.length() - maxChars);
        cut |= lineCut || kept.length() < line.length();
        lines.add(kept);
        chars += kept.length() + 1;
        while (chars > maxChars + 1L && lines.size() > 1) {
            chars -= lines.remove().length() + 1;
            cut = true;
        }
    }

    synchronized boolean cut() {
        return cut;
    }

    synchronized String text() {
        return String.join("\n", lines);
    }

    /** The last line that is not blank, or an empty text. */
    synchronized String lastLine() {
        return lastMatching("");
    }

    /** The last line that begins with the given text and is not blank, or an empty text. */
    synchronized String lastMatching(String beginning) {
        var latest = lines.descendingIterator();
        while (latest.hasNext()) {
            String line = latest.next();
            if (!line.isBlank() && line.stripLeading().startsWith(beginning)) {
                return line;
            }
        }
        return "";
    }
}
