/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/**
 * Private keys between {@code -----BEGIN … PRIVATE KEY-----} and {@code -----END … PRIVATE KEY-----} (RFC 7468; OpenSSH and
 * PGP write the same): in one line, quoted, or over several lines, of which each may carry what a log puts before it. A
 * mention of the first line hides nothing: what follows must fill its lines as a key does, and lines that do not end the
 * block when there are some of them. Not thread-safe.
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

    /** Quotes and the like behind the first line are not more. */
    private static final int MOST_AROUND = 32;

    private static final int MOST_LINES = 500;
    private static final int MOST_FOREIGN = 3;
    private static final Alphabet LABEL = new Alphabet("A-Z0-9 ");
    private static final Alphabet BODY = new Alphabet("A-Za-z0-9+/=\\:,. \t");
    private static final Alphabet CAPITALS = new Alphabet("A-Z");
    private static final Run BODY_RUN = KeyBlock::bodyEnd;

    private boolean open;
    private int lines;
    private int foreign;
    private boolean ofKey;
    private boolean blank = true;
    private boolean afterFull;
    private String prefix = "";

    KeyBlock() {}

    private KeyBlock(KeyBlock other) {
        open = other.open;
        lines = other.lines;
        foreign = other.foreign;
        ofKey = other.ofKey;
        blank = other.blank;
        afterFull = other.afterFull;
        prefix = other.prefix;
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
        if (isOfKey(in, at, end)) {
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
        int end = bodyEnd(in.text(), key, in.to());
        int told = Math.min(in.to(), key + FIRST_OF_KEY);
        boolean isKey = KeyLine.longest(in.text(), key, Math.min(end, told)) > 0
                || (in.cutAt(end) && isCutOff(in.text(), key, end));
        if (isKey || isAlone(in, key)) {
            open = true;
            lines = 0;
            foreign = 0;
            ofKey = true;
            afterFull = false;
            prefix = KeyLine.prefix(in.text(), in.from(), at);
        }
        return isKey ? new Found(told, key, end, BODY_RUN) : new Found(told, key, key, null);
    }

    /** Where the last line of a key ends that is at a place; negative if there is none. */
    int end(Fragment in, int at) {
        int end = markEnd(in, at, END);
        open &= end < 0;
        return end;
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

    /** Hides the lines of a key that ends at a place, but not what is before another place: its beginning may be cut off. */
    static void hideBefore(String text, int at, int from, Spans hidden) {
        int begin = at;
        while (begin > from && BODY.has(text.charAt(begin - 1))) {
            begin--;
        }
        boolean wholeLine = begin == from || text.charAt(begin - 1) == '\n';
        if (KeyLine.longest(text, begin, at) > 0 || (wholeLine && KeyLine.isBeforeEnd(text, begin, at))) {
            hidden.add(begin, at);
        }
        int end = begin - 1;
        for (int count = 0; wholeLine && end > from && count < MOST_LINES; count++) {
            int line = lineAt(text, end, from);
            boolean empty = text.substring(line, end).isBlank();
            boolean last = count == 0 && KeyLine.fullAt(text, lineAt(text, line - 1, from), line) >= 0;
            boolean cut = count > 0 && line == 0 && end >= Shape.LEAST_OF_CUT;
            wholeLine = empty || KeyLine.isBeforeEnd(text, line, end) || ((last || cut) && isBase64(text, line, end));
            if (wholeLine && !empty) {
                hidden.add(line, end);
            }
            end = line - 1;
        }
    }

    private static int lineAt(String text, int end, int from) {
        return Math.max(from, text.lastIndexOf('\n', end - 1) + 1);
    }

    /** A line fills its width, or is the last of a key and shorter, or was cut off. */
    private boolean isOfKey(Fragment in, int from, int to) {
        String text = in.text();
        int end = from;
        while (end < to && text.charAt(end) != Fragment.CUT) {
            end++;
        }
        int full = KeyLine.fullAt(text, from, end);
        if (full >= 0) {
            afterFull = true;
            prefix = KeyLine.prefix(text, from, full);
            return true;
        }
        int last = KeyLine.withoutQuotes(text, from, end);
        int begin = KeyLine.lastRun(text, from, last);
        String before = KeyLine.prefix(text, from, begin);
        boolean cut = in.cutAt(end) && isCutOff(text, begin, last);
        boolean shorter = (afterFull && begin < last) || cut;
        if (shorter && (before.isEmpty() || before.equals(prefix))) {
            afterFull = cut;
            return true;
        }
        return false;
    }

    /** Whether nothing but quotes is behind the first line: else it is a mention of keys. */
    private static boolean isAlone(Fragment in, int key) {
        return in.to() - key <= MOST_AROUND && KeyLine.withoutQuotes(in.text(), key, in.to()) == key;
    }

    /** Whether what was cut off ends with what is no word and no digest. */
    private static boolean isCutOff(String text, int from, int to) {
        int begin = KeyLine.lastRun(text, from, to);
        return to - begin >= Shape.LEAST_OF_CUT
                && to - begin < KeyLine.FULL
                && CAPITALS.isIn(text, begin, to)
                && !KeyLine.isWords(text, begin, to);
    }

    private static boolean isBase64(String text, int from, int to) {
        int end = KeyLine.withoutQuotes(text, from, to);
        return text.substring(from, KeyLine.lastRun(text, from, end)).isBlank();
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
}
