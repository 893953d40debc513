/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import java.util.List;

/** Hides secrets in what channels print. Thread-safe. */
public interface Mask {

    /** What stands where a secret was. */
    String HIDDEN = "[redacted]";

    /** Hides them in what one channel prints from now on. */
    Channel channel();

    /**
     * How a piece ends.
     *
     * @param line whether the line ends with it
     * @param tornBefore whether something is missing before it
     * @param tornAfter whether something is missing after it
     */
    record Ends(boolean line, boolean tornBefore, boolean tornAfter) {}

    /**
     * A whole line with a piece of a text that several lines tell between them.
     *
     * @param line all of it
     * @param from where the piece begins
     * @param to where it ends
     */
    record Part(String line, int from, int to) {

        /** The piece. */
        public String text() {
            return line.substring(from, to);
        }
    }

    /** What one channel prints, line by line, and long lines in pieces. Not thread-safe. */
    interface Channel {

        /** How many characters one must see to know whether a secret is there. */
        int reach();

        /**
         * The last place up to {@code wanted} where what comes next can be divided without showing a part of a secret.
         *
         * @param text goes on after {@code wanted} for as many characters as {@link #reach} says
         * @return 0 if there is no such place
         */
        int divide(String text, int wanted);

        /** The next piece with every secret in it hidden, and what is left of one where it was torn off. */
        String masked(String text, Ends ends);

        /**
         * The next lines, each with every secret in it hidden, and with its part of those that begin in one of them and end
         * in another.
         *
         * @param ends how the text ends that the lines tell
         */
        List<String> masked(List<Part> lines, Ends ends);
    }
}
