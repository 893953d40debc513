/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for the line by which the supervisor says that it works. What comes before it explains why it does not. */
final class ReadyLine implements StreamDrain.Preamble {

    static final String TEXT = "ralph-supervisor-ready";

    private static final int MAX_EXPLANATION = 2000;

    private final CompletableFuture<String> problem = new CompletableFuture<>();
    private final Runnable whenReady;

    ReadyLine(Runnable whenReady) {
        this.whenReady = whenReady;
    }

    @Override
    public void read(InputStream stream) throws IOException {
        StringBuilder explanation = new StringBuilder();
        try {
            while (true) {
                Line line = readLine(stream);
                if (line.text().equals(TEXT)) {
                    whenReady.run();
                    problem.complete("");
                    return;
                }
                if (explanation.length() < MAX_EXPLANATION) {
                    explanation.append(line.text()).append(line.last() ? "" : "; ");
                }
                if (line.last()) {
                    return;
                }
            }
        } finally {
            problem.complete(explanation.isEmpty() ? "it ended without a word" : explanation.toString());
        }
    }

    /** Waits, whatever interrupts; says what is wrong, or null once the supervisor is ready. */
    @Nullable String await(long nanos) {
        String late = "it said nothing for " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s";
        String text =
                problem.completeOnTimeout(late, nanos, TimeUnit.NANOSECONDS).join();
        return text.isEmpty() ? null : text;
    }

    private record Line(String text, boolean last) {}

    private static Line readLine(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int value = stream.read();
        while (value >= 0 && value != '\n') {
            if (bytes.size() < MAX_EXPLANATION) {
                bytes.write(value);
            }
            value = stream.read();
        }
        return new Line(bytes.toString(StandardCharsets.UTF_8), value < 0);
    }
}
