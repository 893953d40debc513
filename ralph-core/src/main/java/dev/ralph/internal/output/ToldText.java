/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds lines that tell one text between them until another line comes: a secret may begin in one and end in another. Not
 * thread-safe.
 */
final class ToldText {

    /** Characters of lines that are held at most. What is divided there is masked as where something is missing. */
    static final int MOST = 256 * 1024;

    private final Mask.Channel mask;
    private final ChannelText.Sink sink;
    private final List<Mask.Part> held = new ArrayList<>();
    private int chars;
    private boolean torn;

    ToldText(Mask.Channel mask, ChannelText.Sink sink) {
        this.mask = mask;
        this.sink = sink;
    }

    /** Takes a line if it is one of those. */
    boolean take(String line) throws IOException {
        Mask.Part part = DeltaLine.of(line);
        if (part == null) {
            return false;
        }
        held.add(part);
        chars += line.length();
        if (chars >= MOST) {
            tear();
        }
        return true;
    }

    /** Whether lines are held that others may go on. */
    boolean holds() {
        return !held.isEmpty();
    }

    /** The text ends with what was taken. */
    void end() throws IOException {
        pass(true, false);
        torn = false;
    }

    /** Nothing follows, or not what came next, or not at once. */
    void tear() throws IOException {
        pass(false, true);
        torn = true;
    }

    private void pass(boolean ended, boolean tornAfter) throws IOException {
        if (held.isEmpty() && !torn) {
            return;
        }
        for (String line : mask.masked(List.copyOf(held), new Mask.Ends(ended, torn, tornAfter))) {
            sink.line(line, true);
        }
        held.clear();
        chars = 0;
    }
}
