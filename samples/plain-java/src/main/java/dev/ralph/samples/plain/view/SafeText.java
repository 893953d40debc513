/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import java.util.regex.Pattern;

/** Takes out of foreign text what a terminal would obey. */
public final class SafeText {

    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile(
            "\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B\\x9C]*(?:\\x07|\\x1B\\\\|\\x9C)?|[PX^_][^\\x1B\\x9C]*(?:\\x1B\\\\|\\x9C)?"
                    + "|[ -/]*[0-~])|\\x9B[0-?]*[ -/]*[@-~]");

    /** Controls, and the marks that reorder text so that it reads as something else. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private static final Pattern UNSAFE_IN_LINES =
            Pattern.compile("[\\p{Cc}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\n\\t]]+");

    private SafeText() {}

    /** The text on one line: line feeds and other controls become blanks. */
    public static String line(String text) {
        return UNSAFE.matcher(ESCAPE_SEQUENCE.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** The text with its lines and tabs kept. */
    public static String lines(String text) {
        return UNSAFE_IN_LINES
                .matcher(ESCAPE_SEQUENCE.matcher(text).replaceAll(""))
                .replaceAll("");
    }
}
