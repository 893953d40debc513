/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

/** Text from outside as every store can keep it: databases refuse NUL, and UTF-8 has no unpaired surrogates. */
public final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** The text with what cannot be stored replaced. */
    public static String of(String text) {
        int bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int at = bad; at >= 0; at = firstBad(text, at + 1)) {
            clean.setCharAt(at, REPLACEMENT);
        }
        return clean.toString();
    }

    /** Whether every store can keep it as it is. */
    public static boolean isStorable(String text) {
        return firstBad(text, 0) < 0;
    }

    /** The first characters of a text, at most so many; no pair of surrogates is cut in two. */
    public static String beginning(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        boolean splits = max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) && isLow(text, max);
        return text.substring(0, splits ? max - 1 : max);
    }

    /** The last characters of a text, at most so many. */
    static String end(String text, int max) {
        return of(text.length() <= max ? text : text.substring(text.length() - max));
    }

    private static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0
                    || (Character.isHighSurrogate(c) && !isLow(text, i + 1))
                    || (Character.isLowSurrogate(c) && !isHigh(text, i - 1))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLow(String text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at));
    }

    private static boolean isHigh(String text, int at) {
        return at >= 0 && Character.isHighSurrogate(text.charAt(at));
    }
}
