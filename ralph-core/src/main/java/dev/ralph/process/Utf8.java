/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.charset.StandardCharsets;

/** UTF-8 that was cut somewhere. */
final class Utf8 {

    private static final int MAX_SEQUENCE = 4;

    private Utf8() {}

    static String decode(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Where the text ends if a character that the cut broke is left out. */
    static int withoutBrokenEnd(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(MAX_SEQUENCE, length); back++) {
            int value = bytes[length - back] & 0xFF;
            if (!isContinuation(value)) {
                return sequenceLength(value) > back ? length - back : length;
            }
        }
        return length;
    }

    /** Where the text begins if a character that the cut broke is left out. */
    static int withoutBrokenStart(byte[] bytes, int length) {
        int start = 0;
        while (start < Math.min(MAX_SEQUENCE - 1, length) && isContinuation(bytes[start] & 0xFF)) {
            start++;
        }
        return start;
    }

    private static boolean isContinuation(int value) {
        return (value & 0xC0) == 0x80;
    }

    private static int sequenceLength(int lead) {
        if (lead < 0xC0) {
            return 1;
        }
        if (lead < 0xE0) {
            return 2;
        }
        return lead < 0xF0 ? 3 : 4;
    }
}
