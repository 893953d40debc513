/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.Arrays;

/** Keeps the beginning and the end of a stream, and counts. Thread-safe: a stream that never ends is summed up too. */
final class OutputCapture {

    static final int KEPT = 8 * 1024;

    /** Of the end, to begin with a line or a word. */
    static final int MOST_LEFT_OUT = 1024;

    private final byte[] head = new byte[KEPT];
    private final byte[] ring = new byte[KEPT];
    private long bytes;
    private long lines;
    private boolean cut;

    synchronized void add(byte[] chunk, int count) {
        if (bytes < KEPT) {
            System.arraycopy(chunk, 0, head, (int) bytes, (int) Math.min(count, KEPT - bytes));
        }
        int from = Math.max(0, count - KEPT);
        int position = (int) ((bytes + from) % KEPT);
        int first = Math.min(count - from, KEPT - position);
        System.arraycopy(chunk, from, ring, position, first);
        System.arraycopy(chunk, from + first, ring, 0, count - from - first);
        bytes += count;
    }

    synchronized void countLine(boolean lineCut) {
        lines++;
        cut |= lineCut;
    }

    synchronized void markCut() {
        cut = true;
    }

    synchronized OutputSummary summary() {
        return new OutputSummary(bytes, lines, cut, head(), tail());
    }

    private String head() {
        int length = (int) Math.min(bytes, KEPT);
        return Utf8.decode(head, 0, bytes > KEPT ? Utf8.withoutBrokenEnd(head, length) : length);
    }

    private String tail() {
        if (bytes <= KEPT) {
            return head();
        }
        int oldest = (int) (bytes % KEPT);
        byte[] tail = Arrays.copyOf(Arrays.copyOfRange(ring, oldest, KEPT), KEPT);
        System.arraycopy(ring, 0, tail, KEPT - oldest, oldest);
        return Utf8.decode(tail, start(tail), KEPT);
    }

    /** Where a line begins, or a word, or failing that a character: what is left of a secret would not be recognised as one. */
    private static int start(byte[] tail) {
        int word = 0;
        for (int i = 0; i < MOST_LEFT_OUT; i++) {
            if (tail[i] == '\n') {
                return i + 1;
            }
            if (word == 0 && (tail[i] == ' ' || tail[i] == '\t')) {
                word = i + 1;
            }
        }
        int start = word == 0 ? MOST_LEFT_OUT : word;
        return start + Utf8.withoutBrokenStart(Arrays.copyOfRange(tail, start, KEPT), KEPT - start);
    }
}
