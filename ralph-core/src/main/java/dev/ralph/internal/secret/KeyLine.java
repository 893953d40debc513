/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.util.regex.Pattern;

/** Tells whether a line is one of a private key: base64 in lines of 64 characters, the last one shorter (RFC 7468, 2). */
final class KeyLine {

    /** OpenSSH and MIME make longer ones. */
    static final int FULL = 64;

    /** As many characters of base64 in a line that began with a mark are a key, if they are no words. */
    private static final int LEAST_OF_KEY = 16;

    /** Names and paths are not longer. */
    private static final int LONGEST_WORDS = 128;

    /** A longer line must be base64 for the most part. */
    private static final int LONG_LINE = 256;

    private static final Alphabet QUOTED = new Alphabet("A-Za-z0-9+/=\\");
    private static final Alphabet UPPER = new Alphabet("A-Z");
    private static final Alphabet LOWER = new Alphabet("a-z");
    private static final Alphabet NOT_OF_WORDS = new Alphabet("0-9+");
    private static final String AROUND = "\"'`,;\\" + Fragment.CUT;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Words, names and paths, with short numbers in them. */
    private static final Pattern WORDS =
            words("(?:[A-Z]+|[A-Z]?[a-z]+)[0-9]{0,3}(?:[A-Z][a-z]+[0-9]{0,3})*[A-Z]*[0-9]{0,3}");

    private KeyLine() {}

    /** Whether nothing but words is between two places: what is random is not. */
    static boolean isWords(String text, int from, int to) {
        return to - from <= LONGEST_WORDS
                && WORDS.matcher(text).region(from, to).matches();
    }

    /** Where the first run of base64 begins that fills a line of a key; negative if there is none. Digests lack capitals. */
    static int fullAt(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            int end = Alphabet.BASE64.end(text, i, to);
            if (end - i >= FULL
                    && UPPER.isIn(text, i, end)
                    && LOWER.isIn(text, i, end)
                    && NOT_OF_WORDS.isIn(text, i, end)
                    && !isWords(text, i, end)) {
                return to - from <= LONG_LINE || end - i >= (to - from) / 2 ? i : -1;
            }
            i = end;
        }
        return -1;
    }

    /** Whether a line looks like one of a key that ends below it, be it narrow. */
    static boolean isBeforeEnd(String text, int from, int to) {
        int end = withoutQuotes(text, from, to);
        int first = from;
        while (first < end && text.charAt(first) <= ' ') {
            first++;
        }
        boolean nothingElse = first < end && QUOTED.end(text, first, end) == end && !isWords(text, first, end);
        int longest = longest(text, first, end);
        return nothingElse || (longest > 0 && (end - first <= LONG_LINE || longest >= (end - first) / 2));
    }

    /** The longest run of base64 that is no words; 0 if there is none. */
    static int longest(String text, int from, int to) {
        int longest = 0;
        for (int i = from; i < to; i++) {
            int end = Alphabet.BASE64.end(text, i, to);
            boolean key = end - i >= LEAST_OF_KEY && !isWords(text, i, end);
            longest = key ? Math.max(longest, end - i) : longest;
            i = end;
        }
        return longest;
    }

    /** Where the run of base64 begins that ends at a place. */
    static int lastRun(String text, int from, int end) {
        int begin = end;
        while (begin > from && Alphabet.BASE64.has(text.charAt(begin - 1))) {
            begin--;
        }
        return begin;
    }

    /** Where a line ends without blanks, quotes, quoted line ends and the plus that joins texts in a program. */
    static int withoutQuotes(String text, int from, int to) {
        int end = to;
        while (end > from) {
            char last = text.charAt(end - 1);
            char before = end - 1 > from ? text.charAt(end - 2) : 0;
            boolean escape = before == '\\' && (last == 'n' || last == 'r');
            boolean joins = last == '+' && (before <= ' ' || before == '"' || before == '\'');
            if (!escape && !joins && last > ' ' && AROUND.indexOf(last) < 0) {
                return end;
            }
            end--;
        }
        return end;
    }

    /** What is before a key in its lines: loggers print a time. Empty if that is too much. */
    static String prefix(String text, int from, int to) {
        return to - from > LONG_LINE
                ? ""
                : NUMBER.matcher(text.substring(from, to)).replaceAll("0").strip();
    }

    private static Pattern words(String word) {
        return Pattern.compile("[/+]?" + word + "(?:[/=]+" + word + ")*+[/=]?");
    }
}
