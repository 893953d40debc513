/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/**
 * A token that begins with its vendor's prefix.
 *
 * @param prefix what it begins with
 * @param alphabet what follows is made of
 * @param least how many characters follow, at least
 * @param most how many at most; 0 for any number
 * @param withDigit whether a digit is among the first of them: words have none
 */
record TokenShape(String prefix, Alphabet alphabet, int least, int most, boolean withDigit) implements Shape {

    /** Names that begin as a token does have none: {@code npm_execpath}. */
    private static final Alphabet NOT_OF_NAMES = new Alphabet("A-Z0-9");

    static TokenShape of(String prefix, Alphabet alphabet, int least) {
        return new TokenShape(prefix, alphabet, least, 0, false);
    }

    static TokenShape withDigit(String prefix, Alphabet alphabet, int least) {
        return new TokenShape(prefix, alphabet, least, 0, true);
    }

    static TokenShape exactly(String prefix, Alphabet alphabet, int count) {
        return new TokenShape(prefix, alphabet, count, count, false);
    }

    @Override
    public String firsts() {
        return prefix.substring(0, 1);
    }

    @Override
    public @Nullable Found find(Fragment in, int at) {
        if (!in.has(prefix, at) || !in.begins(at, Alphabet.ALPHANUMERIC)) {
            return null;
        }
        int begin = at + prefix.length();
        int firm = alphabet.end(in.text(), begin, Math.min(in.to(), begin + least));
        boolean cut = in.cutAt(firm) && firm - begin >= LEAST_OF_CUT && NOT_OF_NAMES.isIn(in.text(), begin, firm);
        boolean enough = firm - begin == least || cut;
        if (!enough || (withDigit && !Alphabet.DIGITS.isIn(in.text(), begin, firm))) {
            return null;
        }
        int end = alphabet.end(in.text(), firm, most == 0 ? in.to() : Math.min(in.to(), begin + most + 1));
        return most > 0 && end - begin > most ? null : new Found(firm, at, end, alphabet);
    }
}
