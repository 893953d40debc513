/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/**
 * What became of the full output of an attempt or a gate: standard output and standard error of its processes.
 *
 * @param reference names the artifact that holds it, among those of the run; null if nothing was printed, or it was not kept
 * @param bytes how much was printed, whether kept or not
 * @param cut whether some of it is missing in the artifact: there was more than may be kept, or the artifact store was too
 *     slow to take it
 */
public record OutputRecord(@Nullable String reference, long bytes, boolean cut) {

    /** Nothing was printed. */
    public static final OutputRecord NOTHING = new OutputRecord(null, 0, false);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if there is a negative number of bytes
     */
    public OutputRecord {
        Check.notNegative("output.bytes", bytes);
    }

    /** It is in an artifact. */
    public static OutputRecord kept(String reference, long bytes, boolean cut) {
        return new OutputRecord(reference, bytes, cut);
    }

    /** It could not be kept; the log says why. */
    public static OutputRecord notKept(long bytes) {
        return new OutputRecord(null, bytes, false);
    }

    /** Whether something was printed and is in no artifact. */
    public boolean lost() {
        return reference == null && bytes > 0;
    }
}
