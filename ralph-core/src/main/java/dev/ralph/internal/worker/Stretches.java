/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The stretches of one run's events that a listener has still to hear, in order. Not thread-safe. */
final class Stretches {

    /** Beyond every event: a stretch that is not over. */
    static final long OPEN = Long.MAX_VALUE;

    private final Deque<Stretch> stretches = new ArrayDeque<>();

    /**
     * Events after one that is heard already.
     *
     * @param upTo the last one to hear, or {@link #OPEN}
     */
    record Stretch(long after, long upTo) {}

    /** From the events after this one on; nothing new if the last stretch is open. */
    void begin(long after) {
        Stretch last = stretches.peekLast();
        if (last == null || last.upTo() != OPEN) {
            stretches.addLast(new Stretch(after, OPEN));
        }
    }

    /** Up to this event; what comes after it is heard elsewhere. */
    void end(long upTo) {
        Stretch last = stretches.peekLast();
        if (last != null && last.upTo() == OPEN) {
            stretches.removeLast();
            if (last.after() < upTo) {
                stretches.addLast(new Stretch(last.after(), upTo));
            }
        }
    }

    @Nullable Stretch first() {
        return stretches.peekFirst();
    }

    /** An event of the first stretch was heard. */
    void heard(long seq) {
        Stretch first = stretches.peekFirst();
        if (first != null && first.after() < seq) {
            stretches.removeFirst();
            stretches.addFirst(new Stretch(seq, first.upTo()));
        }
    }

    /** All of the first stretch was heard. */
    void removeFirst() {
        stretches.removeFirst();
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }
}
