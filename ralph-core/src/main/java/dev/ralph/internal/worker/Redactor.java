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
 * each line of a value that has several (a private key) is masked by itself too. Thread-safe.
 */
public final class Redactor {

    static final String MASK = "[redacted]";

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
            redacted = redacted.replace(value, MASK);
        }
        return redacted;
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
