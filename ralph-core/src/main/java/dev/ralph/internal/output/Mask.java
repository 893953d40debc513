/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

/** Hides secrets in a text that comes in pieces. Thread-safe. */
public interface Mask {

    /** What stands where a secret was. */
    String HIDDEN = "[redacted]";

    /** The text with every secret in it hidden. */
    String whole(String text);

    /** The text with every secret in it hidden, and what is left of one at either end, where the text was torn off. */
    String torn(String text);

    /** How many characters the longest secret has; 0 without any. */
    int longest();

    /**
     * The last place up to {@code wanted} where the text can be divided without dividing a secret.
     *
     * @param text goes on after {@code wanted} for as many characters as the longest secret has
     * @return 0 if there is no such place
     */
    int divide(String text, int wanted);
}
