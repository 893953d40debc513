/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.samples.spring.web.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a client may send the same submission again. The header has it in quotes, as the draft of the IETF
 * (httpapi-idempotency-key) has strings; without quotes it is taken as well.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final int MAX = 128;

    private IdempotencyKey() {}

    /**
     * Reads the header.
     *
     * @return null if there is none
     * @throws InvalidRequestException if it is empty, too long, or has other characters than visible ASCII
     */
    static @Nullable String parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        String key = quoted ? text.substring(1, text.length() - 1) : text;
        if (key.isEmpty() || key.length() > MAX || !key.chars().allMatch(IdempotencyKey::allowed)) {
            throw new InvalidRequestException(
                    HEADER,
                    "must be 1 to " + MAX + " visible ASCII characters without \" and \\, such as a UUID in quotes");
        }
        return key;
    }

    private static boolean allowed(int character) {
        return character > ' ' && character < 0x7F && character != '"' && character != '\\';
    }
}
