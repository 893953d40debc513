/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.InvalidValueException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts a database can hold. Messages name the field and never show the text. */
final class StorableText {

    /** As long as core lets keys be; more would not fit into every index. */
    private static final int MAX_KEY = 255;

    private StorableText() {}

    /** Refuses what no text column holds: NUL and unpaired surrogates. */
    static void require(String field, @Nullable String text) {
        int bad = text == null ? -1 : firstBad(text);
        if (text != null && bad >= 0) {
            String what = text.charAt(bad) == 0 ? "a NUL character" : "half of a surrogate pair";
            throw new InvalidValueException(
                    field,
                    text.length() + " characters",
                    "has " + what + " at " + bad + ", which no database keeps; remove it");
        }
    }

    /** Whether a row can have this text, so that it is worth looking for. */
    static boolean canBeThere(@Nullable String text) {
        return text == null || firstBad(text) < 0;
    }

    /** As {@link #require}, for a text that is searched for. */
    static void requireKey(String field, @Nullable String text) {
        require(field, text);
        if (text != null && text.length() > MAX_KEY) {
            throw new InvalidValueException(
                    field, text.length() + " characters", "must have at most " + MAX_KEY + " characters");
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int firstBad(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }
}
