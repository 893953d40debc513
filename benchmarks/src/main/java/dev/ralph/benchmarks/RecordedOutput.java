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
import java.util.Objects;

/** About 4 MB of what a client prints: a recording again and again. */
final class RecordedOutput {

    private static final int BYTES = 4_000_000;

    private final JsonFactory factory = new JsonFactory();
    private final byte[] bytes;

    private RecordedOutput(byte[] bytes) {
        this.bytes = bytes;
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

    /** Has Jackson look at all tokens, and counts them. */
    int tokens() throws IOException {
        int tokens = 0;
        try (JsonParser parser = factory.createParser(bytes)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** Bytes to lines, lines to a transcript. */
    void read(ClientTranscript transcript) {
        int start = 0;
        for (int index = 0; index < bytes.length; index++) {
            if (bytes[index] == '\n') {
                transcript.output(new String(bytes, start, index - start, StandardCharsets.UTF_8), false);
                start = index + 1;
            }
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
