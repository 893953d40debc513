/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.Arrays;

/** Cuts a stream of bytes into lines with bounded memory. Not thread-safe. */
final class LineSplitter {

    private static final int SMALL = 1024;
    private static final int KEPT = 64 * 1024;

    private final int maxLine;
    private final Sink sink;
    private byte[] pending = new byte[SMALL];
    private int length;
    private boolean overflown;

    interface Sink {
        void line(String line, boolean cut);
    }

    LineSplitter(long maxLine, Sink sink) {
        this.maxLine = Math.toIntExact(maxLine);
        this.sink = sink;
    }

    void accept(byte[] bytes, int count) {
        int start = 0;
        for (int index = 0; index < count; index++) {
            if (bytes[index] == '\n') {
                append(bytes, start, index);
                emit();
                start = index + 1;
            }
        }
        append(bytes, start, count);
    }

    /** No more bytes will come. */
    void end(boolean cut) {
        overflown |= cut && length > 0;
        if (length > 0 || overflown) {
            emit();
        }
    }

    private void append(byte[] bytes, int from, int to) {
        int fitting = Math.min(to - from, maxLine - length);
        overflown |= fitting < to - from;
        if (length + fitting > pending.length) {
            long doubled = Math.max(2L * pending.length, length + fitting);
            pending = Arrays.copyOf(pending, (int) Math.min(doubled, maxLine));
        }
        System.arraycopy(bytes, from, pending, length, fitting);
        length += fitting;
    }

    private void emit() {
        int end = overflown ? Utf8.withoutBrokenEnd(pending, length) : length;
        if (!overflown && end > 0 && pending[end - 1] == '\r') {
            end--;
        }
        String line = Utf8.decode(pending, 0, end);
        boolean cut = overflown;
        length = 0;
        overflown = false;
        if (pending.length > KEPT) {
            pending = new byte[SMALL];
        }
        sink.line(line, cut);
    }
}
