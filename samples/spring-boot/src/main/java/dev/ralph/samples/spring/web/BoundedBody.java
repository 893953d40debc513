/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;

/** A body that is cut off once it is too large or takes too long, however it is sent. */
final class BoundedBody extends ServletInputStream {

    private final ServletInputStream body;
    private final long max;
    private final Duration timeout;
    private final long start = System.nanoTime();
    private long read;

    BoundedBody(ServletInputStream body, long max, Duration timeout) {
        this.body = body;
        this.max = max;
        this.timeout = timeout;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        requireTime();
        int count = body.read(buffer, offset, length);
        if (count > 0) {
            read += count;
            if (read > max) {
                throw BodyRefusedException.tooLarge(max);
            }
            requireTime();
        }
        return count;
    }

    private void requireTime() throws BodyRefusedException {
        if (System.nanoTime() - start > timeout.toNanos()) {
            throw BodyRefusedException.tooLate(timeout.toSeconds());
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
