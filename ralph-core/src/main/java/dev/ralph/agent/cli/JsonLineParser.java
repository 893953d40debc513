/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has Jackson read lines of one object each. Lines are short and many, so one parser goes from line to line: making one
 * costs more than reading a line. Not thread-safe.
 */
final class JsonLineParser {

    /** A parser remembers all names it has seen: not for longer than this many bytes of lines, whatever is in them. */
    private static final int MAX_BYTES = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Input input = new Input();
    private JsonParser parser = opened();
    private long bytes;

    interface ObjectReader<T> {

        /** Reads from behind the start of an object to its end. */
        T read(JsonParser parser) throws IOException;
    }

    /** Reads a line; null if it is anything but one object. */
    <T> @Nullable T read(String line, ObjectReader<T> reader) {
        byte[] encoded = line.getBytes(StandardCharsets.UTF_8);
        bytes += encoded.length;
        input.give(encoded);
        try {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                T object = reader.read(parser);
                if (nothingLeft()) {
                    renewIfDue();
                    return object;
                }
            }
        } catch (IOException e) {
            // No JSON: said by the result, and its content is nobody's to show.
            renew();
            return null;
        }
        renew();
        return null;
    }

    private boolean nothingLeft() throws IOException {
        Blanks left = new Blanks();
        parser.releaseBuffered(left);
        input.releaseRest(left);
        return left.only;
    }

    private void renewIfDue() {
        if (bytes > MAX_BYTES) {
            renew();
        }
    }

    private void renew() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Closing a parser of bytes in memory failed", e);
        }
        parser = opened();
        bytes = 0;
    }

    /** Opened on an object, as a parser takes the encoding from the first bytes it sees. */
    private JsonParser opened() {
        try {
            input.give("{}".getBytes(StandardCharsets.UTF_8));
            JsonParser opened = FACTORY.createParser(input);
            opened.nextToken();
            opened.nextToken();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading an empty object failed", e);
        }
    }

    /**
     * The line the parser is at, and some blanks: a parser is slower at names near the end of what it was given. It ends
     * where they do.
     */
    private static final class Input extends InputStream {

        private static final byte[] PADDING = " ".repeat(32).getBytes(StandardCharsets.UTF_8);

        private byte[] line = {};
        private int at;
        private boolean padded;

        void give(byte[] next) {
            line = next;
            at = 0;
            padded = false;
        }

        void releaseRest(Blanks left) {
            left.write(line, at, line.length - at);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("A parser reads blocks");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, buffer, offset, count);
            at += count;
            if (!padded && length - count >= PADDING.length) {
                System.arraycopy(PADDING, 0, buffer, offset + count, PADDING.length);
                padded = true;
                return count + PADDING.length;
            }
            return count == 0 ? -1 : count;
        }
    }

    /** Whether it was given nothing but blanks. */
    private static final class Blanks extends OutputStream {

        private boolean only = true;

        @Override
        public void write(int value) {
            only &= value >= 0 && value <= ' ';
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int index = offset; index < offset + length; index++) {
                write(bytes[index]);
            }
        }
    }
}
