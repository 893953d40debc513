/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.ralph.agent.cli.ClientTranscript;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.UsageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** About 4 MB of what a client prints: a recording again and again. */
final class RecordedOutput {

    private static final int BYTES = 4_000_000;

    private final JsonFactory factory = new JsonFactory();
    private final byte[] bytes;
    private final List<String> lines;

    private RecordedOutput(byte[] bytes) {
        this.bytes = bytes;
        this.lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    static RecordedOutput of(String resource) {
        try (InputStream recording = RecordedOutput.class.getResourceAsStream(resource)) {
            byte[] once = Objects.requireNonNull(recording, resource).readAllBytes();
            ByteArrayOutputStream all = new ByteArrayOutputStream(BYTES + once.length);
            while (all.size() < BYTES) {
                all.writeBytes(once);
            }
            return new RecordedOutput(all.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has Jackson look at all tokens of the whole, as if it were one document, and counts them. */
    int tokensOfAll() throws IOException {
        int tokens = 0;
        try (JsonParser parser = factory.createParser(bytes)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** Has Jackson look at all tokens of each line, as lines come one by one, and counts them. */
    int tokensOfLines() throws IOException {
        int tokens = 0;
        for (String line : lines) {
            try (JsonParser parser = factory.createParser(line)) {
                while (parser.nextToken() != null) {
                    tokens++;
                }
            }
        }
        return tokens;
    }

    /** Gives a transcript all lines. */
    void read(ClientTranscript transcript) {
        for (String line : lines) {
            transcript.output(line, false);
        }
    }

    /** Hears what a run would hear, and keeps only how much that was. */
    static final class Sink implements AgentListener {

        private int heard;

        int heard() {
            return heard;
        }

        @Override
        public void text(String text) {
            heard += text.length();
        }

        @Override
        public void toolCalled(String tool, String summary) {
            heard += summary.length();
        }

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {
            heard += summary.length();
        }

        @Override
        public void usage(UsageReport report) {
            heard++;
        }
    }
}
