/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.spi.ArtifactWriter;
import java.io.OutputStream;

/** Bytes into an artifact. Closing it does not commit. */
final class ArtifactStream extends OutputStream {

    private final ArtifactWriter writer;

    ArtifactStream(ArtifactWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        writer.write(bytes, offset, length);
    }
}
