/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.spi.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces the values of secrets that were handed out to plug-ins wherever text leaves them. Output comes line by line, so
 * each line of a value that has several (a private key) is masked by itself too. Texts are cut to a length before they get
 * here, so a part of a value at either end of a text is masked as well. Thread-safe.
 */
public final class Redactor {

    static final String MASK = "[redacted]";

    /** What stands where a text was cut. */
    private static final String CUT = "\u2026";

    /** A shorter value would mask ordinary words. */
    private static final int MIN_LENGTH = 6;

    private final Set<String> values = ConcurrentHashMap.newKeySet();

    /** From now on, this secret's value is masked. */
    public void learn(Secret secret) {
        learn(secret.reveal());
        secret.reveal().lines().map(String::strip).forEach(this::learn);
    }

    /** The text with every known secret masked. */
    public String redact(String text) {
        if (values.isEmpty()) {
            return text;
        }
        List<String> longestFirst = values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        String redacted = text;
        for (String value : longestFirst) {
            redacted = withoutCutEnds(redacted.replace(value, MASK), value);
        }
        return redacted;
    }

    /** Without the beginning of the value at the text's end, and its end at the text's beginning. */
    private static String withoutCutEnds(String text, String value) {
        int end = text.endsWith(CUT) ? text.length() - CUT.length() : text.length();
        String masked = text;
        for (int part = Math.min(value.length() - 1, end); part >= MIN_LENGTH; part--) {
            if (text.regionMatches(end - part, value, 0, part)) {
                masked = text.substring(0, end - part) + MASK + text.substring(end);
                break;
            }
        }
        for (int part = Math.min(value.length() - 1, masked.length()); part >= MIN_LENGTH; part--) {
            if (masked.regionMatches(0, value, value.length() - part, part)) {
                return MASK + masked.substring(part);
            }
        }
        return masked;
    }

    /** What a plug-in threw, with its stack trace, for logs: its message may hold anything. */
    String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return redact(trace.toString());
    }

    private void learn(String value) {
        if (value.length() >= MIN_LENGTH) {
            values.add(value);
        }
    }
}
