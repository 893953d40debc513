/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import java.io.IOException;
import java.io.Reader;

/** Reads lines that end with a line feed, and nothing else, in bounded memory however long they are. Not thread-safe. */
final class BoundedLineReader {

    private final Reader text;
    private final char[] buffer = new char[16 * 1024];
    private int at;
    private int filled;

    BoundedLineReader(Reader text) {
        this.text = text;
    }

    /** The next character; negative at the end. */
    int read() throws IOException {
        return at < filled || fill() ? buffer[at++] : -1;
    }

    /**
     * Reads the rest of the line, or as much of it as fits.
     *
     * @param line what was read is appended to it
     * @param most how long it may become
     * @return whether the end of the line was read
     * @throws IOException if the text ends within the line
     */
    boolean readLine(StringBuilder line, int most) throws IOException {
        while (line.length() < most) {
            if (at == filled && !fill()) {
                throw new IOException("it ends within a line");
            }
            int limit = Math.min(filled, at + most - line.length());
            int end = at;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.append(buffer, at, end - at);
            at = end;
            if (end < limit) {
                at++;
                return true;
            }
        }
        return false;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, text.read(buffer));
        return filled > 0;
    }
}
