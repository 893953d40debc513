/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

/** Characters a kind of token is made of, all of them ASCII. Immutable. */
final class Alphabet implements Run {

    static final Alphabet ALPHANUMERIC = new Alphabet("A-Za-z0-9");
    static final Alphabet DIGITS = new Alphabet("0-9");
    static final Alphabet BASE32 = new Alphabet("A-Z2-7");
    static final Alphabet BASE64 = new Alphabet("A-Za-z0-9+/=");
    static final Alphabet BASE64URL = new Alphabet("A-Za-z0-9_-");

    private static final int ASCII = 128;

    private final boolean[] members = new boolean[ASCII];

    /**
     * Takes characters and ranges of them.
     *
     * @param ranges such as {@code A-Z_-}: a hyphen at the end is one
     */
    Alphabet(String ranges) {
        for (int i = 0; i < ranges.length(); i++) {
            char first = ranges.charAt(i);
            char last = first;
            if (i + 2 < ranges.length() && ranges.charAt(i + 1) == '-') {
                i += 2;
                last = ranges.charAt(i);
            }
            for (char member = first; member <= last; member++) {
                members[member] = true;
            }
        }
    }

    boolean has(char c) {
        return c < ASCII && members[c];
    }

    @Override
    public int end(String text, int from, int to) {
        int end = from;
        while (end < to && has(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether one of them is between two places. */
    boolean isIn(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (has(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
