/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.ArtifactException;
import dev.ralph.OutputPart;
import dev.ralph.OutputRecord;
import dev.ralph.RunOutput;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.ArtifactId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link OutputText} wrote, in bounded memory, whatever the bytes are. */
final class StoredOutput implements RunOutput {

    private static final int MOST = 64 * 1024;
    private static final int MISSING_DIGITS = 18;

    private final ArtifactId id;
    private final OutputRecord record;
    private final InputStream bytes;
    private @Nullable BoundedLineReader text;
    private int letter;
    private int mark;
    private boolean within;

    StoredOutput(ArtifactId id, OutputRecord record, InputStream bytes) {
        this.id = id;
        this.record = record;
        this.bytes = bytes;
    }

    @Override
    public OutputRecord record() {
        return record;
    }

    @Override
    public @Nullable OutputPart next() {
        try {
            return read(text());
        } catch (IOException e) {
            throw new ArtifactException(
                    "the output " + id.name() + " of run " + id.run()
                            + " cannot be read on: it is damaged, or was deleted" + " meanwhile (" + e + ")",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new ArtifactException("the output " + id.name() + " of run " + id.run() + " was not closed", e);
        }
    }

    private BoundedLineReader text() throws IOException {
        if (text == null) {
            BoundedLineReader opened = new BoundedLineReader(
                    new InputStreamReader(new GZIPInputStream(bytes, MOST), StandardCharsets.UTF_8));
            for (char expected : (OutputFormat.HEADER + "\n").toCharArray()) {
                if (opened.read() != expected) {
                    throw new IOException("it does not begin with '" + OutputFormat.HEADER + "'");
                }
            }
            text = opened;
        }
        return text;
    }

    private @Nullable OutputPart read(BoundedLineReader from) throws IOException {
        if (!within) {
            letter = from.read();
            if (letter < 0) {
                return null;
            }
            mark = from.read();
        }
        return switch (letter) {
            case OutputFormat.OUT -> printed(OutputChannel.STDOUT, from);
            case OutputFormat.ERR -> printed(OutputChannel.STDERR, from);
            case OutputFormat.MISSING -> missing(from);
            default -> throw new IOException("a line begins with no known letter");
        };
    }

    private OutputPart printed(OutputChannel channel, BoundedLineReader from) throws IOException {
        if (mark != OutputFormat.LINE && mark != OutputFormat.PIECE) {
            throw new IOException("a line has no known mark");
        }
        StringBuilder line = new StringBuilder();
        within = !from.readLine(line, MOST - 1);
        return new OutputPart.Printed(
                channel,
                within || mark == OutputFormat.PIECE
                        ? line.toString()
                        : line.append('\n').toString());
    }

    private static OutputPart missing(BoundedLineReader from) throws IOException {
        StringBuilder digits = new StringBuilder();
        if (!from.readLine(digits, MISSING_DIGITS)
                || digits.isEmpty()
                || !digits.chars().allMatch(Character::isDigit)) {
            throw new IOException("it does not say how much is missing");
        }
        return new OutputPart.Missing(Long.parseLong(digits, 0, digits.length(), 10));
    }
}
