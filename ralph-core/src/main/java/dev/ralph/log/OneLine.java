/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Makes one line of a text that may hold anything. */
final class OneLine {

    static final int LONGEST = 4_000;

    /** More than this is neither shown nor looked at, so that a huge text costs little. */
    private static final int LOOKED_AT = 32 * 1024;

    private static final String CUT = "\u2026";

    /** What terminals obey; a string sequence ends with its line at the latest, so that it cannot swallow what follows. */
    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile("\\x1B(?:\\[[0-?]*+[ -/]*+[@-~]|\\][^\\x07\\x1B\\x9C\\r\\n]*+(?:\\x07|\\x1B\\\\|\\x9C)?"
                    + "|[PX^_][^\\x1B\\x9C\\r\\n]*+(?:\\x1B\\\\|\\x9C)?|[ -/]*+[0-~])|\\x9B[0-?]*+[ -/]*+[@-~]");

    /** Controls, line ends of Unicode, halves of characters, and the marks that reorder text so that it reads otherwise. */
    private static final Pattern UNSAFE = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFEFF\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]++");

    private OneLine() {}

    /** Masks twice: a secret may have lines, and one may come to light when what divided it is gone. */
    static String of(String text, UnaryOperator<String> mask) {
        boolean cut = text.length() > LOOKED_AT;
        String seen = cut ? text.substring(0, LOOKED_AT) : text;
        String masked = mask.apply(ESCAPE_SEQUENCE.matcher(seen).replaceAll(""));
        String line = UNSAFE.matcher(masked).replaceAll(" ").strip();
        String safe = line.equals(text) ? line : mask.apply(line);
        if (safe.length() > LONGEST) {
            boolean splits = Character.isHighSurrogate(safe.charAt(LONGEST - 1));
            return safe.substring(0, splits ? LONGEST - 1 : LONGEST) + CUT;
        }
        return cut ? safe + CUT : safe;
    }
}
