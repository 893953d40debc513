/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes one output into an artifact, which it begins with the first byte. Used by one thread at a time. */
final class OutputScribe {

    private static final int BUFFER = 64 * 1024;

    private final ArtifactStore store;
    private final ArtifactId id;
    private final Mask mask;
    private @Nullable ArtifactWriter writer;
    private @Nullable OutputText text;

    OutputScribe(ArtifactStore store, ArtifactId id, Mask mask) {
        this.store = store;
        this.id = id;
        this.mask = mask;
    }

    void write(OutputEntry entry) throws IOException {
        if (entry instanceof OutputEntry.Printed printed) {
            text().printed(printed.channel(), printed.bytes());
        } else if (entry instanceof OutputEntry.Missing missing) {
            text().missing(missing.bytes());
        } else if (entry instanceof OutputEntry.End) {
            commit();
        } else {
            close();
        }
    }

    /** Drops what was not committed. */
    void close() {
        if (writer != null) {
            writer.close();
        }
    }

    private void commit() throws IOException {
        if (writer != null) {
            text().end();
            writer.commit();
            writer.close();
        }
    }

    private OutputText text() throws IOException {
        if (text == null) {
            writer = store.create(id);
            text = new OutputText(
                    new BufferedWriter(
                            new OutputStreamWriter(new QuickGzip(new ArtifactStream(writer)), StandardCharsets.UTF_8),
                            BUFFER),
                    mask);
        }
        return text;
    }

    /** Quick rather than small: whoever prints must not wait for it. */
    private static final class QuickGzip extends GZIPOutputStream {

        QuickGzip(OutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
