/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

/**
 * A line of a text, or a part of it.
 *
 * @param text the text it is in
 * @param from where it begins
 * @param to where it ends
 * @param cut whether it may have been cut off there
 */
record Fragment(String text, int from, int to, boolean cut) {

    /** What stands where a text was cut. */
    static final char CUT = '\u2026';

    private static final int PERCENT = 3;
    private static final int UNICODE = 6;
    private static final int ESCAPED = 2;
    private static final int HEX = 16;
    private static final int LONGEST_SEQUENCE = 40;
    private static final Alphabet PARAMETERS = new Alphabet("0-9:;<=>?");
    private static final Alphabet FINAL = new Alphabet("@-~");

    boolean has(String word, int at) {
        return at + word.length() <= to && text.startsWith(word, at);
    }

    boolean hasIgnoringCase(String word, int at) {
        return at + word.length() <= to && text.regionMatches(true, at, word, 0, word.length());
    }

    boolean has(char c, int at) {
        return at < to && text.charAt(at) == c;
    }

    boolean cutAt(int at) {
        return at == to ? cut : text.charAt(at) == CUT;
    }

    /** Whether what is at a place begins there and is not the rest of a word. Quoted line ends and colours are no words. */
    boolean begins(int at, Alphabet word) {
        if (at == from || !word.has(text.charAt(at - 1))) {
            return true;
        }
        char before = text.charAt(at - 1);
        return (isAt('\\', at - ESCAPED) && "nrtbf".indexOf(before) >= 0)
                || (isAt('%', at - PERCENT) && isHex(at - PERCENT + 1, at))
                || (isAt('\\', at - UNICODE) && isAt('u', at - UNICODE + 1) && isHex(at - UNICODE + 2, at))
                || (FINAL.has(before) && isSequence(at - 1));
    }

    private boolean isAt(char c, int at) {
        return at >= from && text.charAt(at) == c;
    }

    private boolean isHex(int first, int end) {
        for (int i = first; i < end; i++) {
            if (Character.digit(text.charAt(i), HEX) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Terminals are told colours by an escape, a bracket, parameters and a letter (ECMA-48, 5.4); JSON quotes the escape. */
    private boolean isSequence(int end) {
        int begin = end;
        while (begin > Math.max(from, end - LONGEST_SEQUENCE) && PARAMETERS.has(text.charAt(begin - 1))) {
            begin--;
        }
        return isAt('[', begin - 1) && (isAt('\u001b', begin - 2) || isAt('b', begin - 2) || isAt('B', begin - 2));
    }
}
