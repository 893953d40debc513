/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.process.OutputChannel;

/** A part of a full output. */
public sealed interface OutputPart {

    /**
     * What was printed to one channel, secrets masked: a line with its line feed, or a piece of a long one.
     *
     * @param channel where it was printed
     * @param text some text, at most 64 Ki characters; a line feed is the last of it or in none of it
     */
    record Printed(OutputChannel channel, String text) implements OutputPart {

        /** Never the text itself. */
        @Override
        public String toString() {
            return "Printed[" + channel + ", " + text.length() + " characters]";
        }
    }

    /**
     * Something was printed here that was not kept.
     *
     * @param bytes how much
     */
    record Missing(long bytes) implements OutputPart {}
}
