/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A secret behind its name: {@code name: value}, {@code name=value}, also quoted.
 *
 * @param name its name, in lower case; any case is found
 * @param schemes words of which one comes before the value, in lower case; empty if none does
 * @param alphabet what it is made of
 * @param least how many characters it has, at least
 * @param most how many at most; 0 for any number
 */
record AssignedShape(String name, List<String> schemes, Alphabet alphabet, int least, int most) implements Shape {

    private static final int MOST_BETWEEN = 16;
    private static final int MOST_BLANKS = 4;
    private static final Alphabet BETWEEN = new Alphabet(" \t\"'\\:=,[>");
    private static final Alphabet SIGNS = new Alphabet(":=,");
    private static final Alphabet BLANKS = new Alphabet(" \t");

    @Override
    public String firsts() {
        return name.substring(0, 1) + name.substring(0, 1).toUpperCase(Locale.ROOT);
    }

    @Override
    public @Nullable Found find(Fragment in, int at) {
        if (!in.hasIgnoringCase(name, at)) {
            return null;
        }
        int afterName = at + name.length();
        int between = BETWEEN.end(in.text(), afterName, Math.min(in.to(), afterName + MOST_BETWEEN));
        int begin = schemes.isEmpty() ? between : afterScheme(in, afterName, between);
        if (begin <= afterName) {
            return null;
        }
        int end = alphabet.end(in.text(), begin, most == 0 ? in.to() : Math.min(in.to(), begin + most + 1));
        int count = end - begin;
        boolean cut = count >= LEAST_OF_CUT && in.cutAt(end) && !KeyLine.isWords(in.text(), begin, end);
        boolean enough = count >= least || cut;
        if (!enough || (most > 0 && count > most)) {
            return null;
        }
        return new Found(Math.min(end, begin + least), begin, end, alphabet);
    }

    /** Where the value behind a scheme begins; 0 without one. In prose, no sign stands before it. */
    private int afterScheme(Fragment in, int afterName, int between) {
        if (SIGNS.isIn(in.text(), afterName, between)) {
            for (String scheme : schemes) {
                int after = between + scheme.length();
                if (in.hasIgnoringCase(scheme, between)) {
                    int value = BLANKS.end(in.text(), after, Math.min(in.to(), after + MOST_BLANKS));
                    return value > after ? value : 0;
                }
            }
        }
        return 0;
    }
}
