/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/**
 * Private keys between {@code -----BEGIN … PRIVATE KEY-----} and {@code -----END … PRIVATE KEY-----} (RFC 7468; OpenSSH and
 * PGP write the same): in one line, quoted, or over several lines, of which each may carry what a log puts before it. A
 * mention of the first line hides nothing: what follows must look like a key, and lines that do not end the block when
 * there are some of them. Not thread-safe.
 */
final class KeyBlock {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String KEY = "PRIVATE KEY";
    private static final String PGP_KEY = "PRIVATE KEY BLOCK";
    private static final int LONGEST_LABEL = 40;

    /** Characters behind the first line by which it is told whether a key is there. */
    private static final int FIRST_OF_KEY = 128;

    /** As many characters of base64 are no word if a digit or a plus is among them. */
    private static final int LEAST_OF_KEY = 16;

    /** More are none in any case. */
    private static final int LONGEST_WORD = 40;

    /** A longer line must be base64 for the most part. */
    private static final int LONG_LINE = 256;

    private static final int MOST_LINES = 500;
    private static final int MOST_FOREIGN = 3;
    private static final Alphabet QUOTED = new Alphabet("A-Za-z0-9+/=\\");
    private static final Alphabet NOT_OF_WORDS = new Alphabet("0-9+");
    private static final Alphabet LABEL = new Alphabet("A-Z0-9 ");
    private static final Alphabet BODY = new Alphabet("A-Za-z0-9+/=\\:,. \t");
    private static final Run BODY_RUN = KeyBlock::bodyEnd;

    private boolean open;
    private int lines;
    private int foreign;
    private boolean ofKey;
    private boolean blank = true;

    KeyBlock() {}

    private KeyBlock(KeyBlock other) {
        open = other.open;
        lines = other.lines;
        foreign = other.foreign;
        ofKey = other.ofKey;
        blank = other.blank;
    }

    KeyBlock copy() {
        return new KeyBlock(this);
    }

    /** Hides what of a line belongs to a key that began in an earlier one. Returns from where on it is to be looked at. */
    int goOn(Fragment in, int at, Spans hidden) {
        if (!open) {
            return at;
        }
        String rest = in.text().substring(at, in.to());
        blank &= rest.isBlank();
        int mark = at + rest.indexOf(END);
        int end = mark >= at && markEnd(in, mark, END) >= 0 ? mark : in.to();
        if (looksLikeKey(in.text(), at, end)) {
            ofKey = true;
            hidden.add(at, end);
            return end;
        }
        return at;
    }

    /** What hides the key that begins at a place, as far as it is in the same line; null if none begins there. */
    @Nullable Found begin(Fragment in, int at) {
        int key = markEnd(in, at, BEGIN);
        if (key < 0) {
            return null;
        }
        open = true;
        lines = 0;
        foreign = 0;
        ofKey = true;
        int end = bodyEnd(in.text(), key, in.to());
        int told = Math.min(in.to(), key + FIRST_OF_KEY);
        boolean isKey = longestOfKey(in.text(), key, Math.min(end, told)) > 0
                || (in.cutAt(end) && end - key >= Shape.LEAST_OF_CUT);
        return isKey ? new Found(told, key, end, BODY_RUN) : new Found(told, key, key, null);
    }

    /** Where the last line of a key ends that is at a place; negative if there is none. */
    int end(Fragment in, int at) {
        int end = markEnd(in, at, END);
        open &= end < 0;
        return end;
    }

    boolean isOpen() {
        return open;
    }

    /** Another line follows. */
    void lineEnds() {
        if (open) {
            lines++;
            foreign = ofKey ? 0 : blank ? foreign : foreign + 1;
            open = lines < MOST_LINES && foreign < MOST_FOREIGN;
        }
        ofKey = false;
        blank = true;
    }

    /** Hides the end of a key whose beginning was cut off: what is before a place, but not before another. */
    static void hideBefore(String text, int at, int from, Spans hidden) {
        int begin = at;
        while (begin > from && BODY.has(text.charAt(begin - 1))) {
            begin--;
        }
        boolean wholeLine = begin == from || text.charAt(begin - 1) == '\n';
        if (longestOfKey(text, begin, at) > 0 || (wholeLine && looksLikeKey(text, begin, at))) {
            hidden.add(begin, at);
        }
        int end = begin - 1;
        for (int count = 0; wholeLine && end > from && count < MOST_LINES; count++) {
            int line = Math.max(from, text.lastIndexOf('\n', end - 1) + 1);
            boolean empty = text.substring(line, end).isBlank();
            wholeLine = empty || looksLikeKey(text, line, end);
            if (wholeLine && !empty) {
                hidden.add(line, end);
            }
            end = line - 1;
        }
    }

    private static int markEnd(Fragment in, int at, String mark) {
        if (!in.has(mark, at)) {
            return -1;
        }
        int label = at + mark.length();
        int end = LABEL.end(in.text(), label, Math.min(in.to(), label + LONGEST_LABEL));
        String named = in.text().substring(label, end);
        return in.has(DASHES, end) && (named.endsWith(KEY) || named.endsWith(PGP_KEY)) ? end + DASHES.length() : -1;
    }

    private static int bodyEnd(String text, int from, int to) {
        int end = BODY.end(text, from, to);
        while (end < to && text.charAt(end) == '-' && !text.startsWith(DASHES, end)) {
            end = BODY.end(text, end + 1, to);
        }
        return end;
    }

    private static boolean looksLikeKey(String text, int from, int to) {
        int first = from;
        int end = to;
        for (int i = from; i < end; i++) {
            end = text.charAt(i) == Fragment.CUT ? i : end;
        }
        while (first < end && text.charAt(first) <= ' ') {
            first++;
        }
        while (end > first && text.charAt(end - 1) <= ' ') {
            end--;
        }
        boolean nothingElse = first < end && QUOTED.end(text, first, end) == end;
        int longest = longestOfKey(text, first, end);
        boolean mostOfIt = end - first <= LONG_LINE || longest >= (end - first) / 2;
        boolean padded = first < end && text.charAt(end - 1) == '=';
        return nothingElse || padded || (longest > 0 && mostOfIt);
    }

    /** The longest run of base64 that is no word; 0 if there is none. */
    private static int longestOfKey(String text, int from, int to) {
        int longest = 0;
        for (int i = from; i < to; i++) {
            int end = Alphabet.BASE64.end(text, i, to);
            boolean word = end - i < LEAST_OF_KEY || (end - i < LONGEST_WORD && !NOT_OF_WORDS.isIn(text, i, end));
            longest = word ? longest : Math.max(longest, end - i);
            i = end;
        }
        return longest;
    }
}
