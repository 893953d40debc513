/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a fixed length behind its name and a few words: {@code name for the bucket is value}.
 *
 * @param name its name, in lower case; any case is found
 * @param alphabet what it is made of
 * @param count how many characters it has
 */
record MentionedShape(String name, Alphabet alphabet, int count) implements Shape {

    private static final int MOST_BETWEEN = 64;
    private static final Alphabet UPPER = new Alphabet("A-Z");
    private static final Alphabet LOWER = new Alphabet("a-z");

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
        for (int begin = afterName; begin < Math.min(in.to(), afterName + MOST_BETWEEN); begin++) {
            int end = alphabet.end(in.text(), begin, Math.min(in.to(), begin + count + 1));
            if (isSecret(in, begin, end)) {
                return new Found(end, begin, end, alphabet);
            }
            begin = end;
        }
        return null;
    }

    /** Digests have no capitals, paths and names are words. */
    private boolean isSecret(Fragment in, int begin, int end) {
        boolean whole = end - begin == count && !KeyLine.isWords(in.text(), begin, end);
        boolean cut = end - begin >= LEAST_OF_CUT
                && end - begin < count
                && in.cutAt(end)
                && Alphabet.DIGITS.isIn(in.text(), begin, end);
        return (whole || cut) && UPPER.isIn(in.text(), begin, end) && LOWER.isIn(in.text(), begin, end);
    }
}
