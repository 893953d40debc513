/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** An answer that is cut off once it takes too long, however slowly its client reads. */
final class TimedOutput extends FilterOutputStream {

    /** So much at a time: a write blocks for as long as its reader takes. */
    private static final int PIECE = 8_192;

    private final Duration timeout;
    private final long start = System.nanoTime();

    TimedOutput(OutputStream out, Duration timeout) {
        super(out);
        this.timeout = timeout;
    }

    @Override
    public void write(int b) throws IOException {
        requireTime();
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int written = 0; written < length; written += PIECE) {
            requireTime();
            out.write(bytes, offset + written, Math.min(PIECE, length - written));
        }
    }

    private void requireTime() throws IOException {
        if (System.nanoTime() - start > timeout.toNanos()) {
            throw new IOException("the output was not read within " + timeout);
        }
    }
}
