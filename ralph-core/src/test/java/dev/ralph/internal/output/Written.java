/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.OutputPart;
import dev.ralph.OutputRecord;
import dev.ralph.RunId;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.ArtifactId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** An output that is written and read back. */
final class Written {

    static final ArtifactId ID =
            new ArtifactId(RunId.create(Instant.EPOCH.plusSeconds(1)), ArtifactId.Kind.ATTEMPT, 1, 1, 1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final OutputText text;

    Written(Mask mask) {
        try {
            Writer target = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8);
            text = new OutputText(target, mask);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Written out(byte... printed) {
        return printed(OutputChannel.STDOUT, printed);
    }

    Written out(String printed) {
        return out(printed.getBytes(StandardCharsets.UTF_8));
    }

    Written err(String printed) {
        return printed(OutputChannel.STDERR, printed.getBytes(StandardCharsets.UTF_8));
    }

    Written missing(long count) {
        try {
            text.missing(count);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is read as text. */
    String copied() {
        StringBuilder copy = new StringBuilder();
        try (StoredOutput output = read(stored())) {
            output.copyTo(copy);
        }
        return copy.toString();
    }

    /** What is read part by part. */
    List<OutputPart> parts() {
        List<OutputPart> parts = new ArrayList<>();
        try (StoredOutput output = read(stored())) {
            for (OutputPart part = output.next(); part != null; part = output.next()) {
                parts.add(part);
            }
        }
        return parts;
    }

    byte[] stored() {
        try {
            text.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static StoredOutput read(byte[] stored) {
        return new StoredOutput(ID, OutputRecord.kept(ID.name(), 1, false), new ByteArrayInputStream(stored));
    }

    private Written printed(OutputChannel channel, byte[] printed) {
        try {
            text.printed(channel, printed);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
