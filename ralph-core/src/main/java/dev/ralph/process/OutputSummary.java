/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/**
 * What is kept of one stream once the process has ended.
 *
 * @param bytes all bytes the process wrote to it
 * @param lines lines given to the listener
 * @param cut whether the listener did not get all of it: a limit was reached, or something still held the stream open
 *     when waiting for its end was given up
 * @param head how it began, at most 8 KiB
 * @param tail how it ended, at most 8 KiB; overlaps with the head if the stream is short. If it is not, it begins with a line,
 *     or a word where lines are longer than a kibibyte
 */
public record OutputSummary(long bytes, long lines, boolean cut, String head, String tail) {

    /** Never the output itself. */
    @Override
    public String toString() {
        return "OutputSummary[bytes=" + bytes + ", lines=" + lines + ", cut=" + cut + "]";
    }
}
