/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.ArtifactException;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactWriter;
import java.security.GeneralSecurityException;

/** Seals what is written, segment by segment, into another writer. The last segment is known only at the commit. */
final class SealingWriter implements ArtifactWriter {

    private final ArtifactId id;
    private final ArtifactWriter target;
    private final SegmentCipher cipher;
    private final byte[] plain = new byte[SegmentCipher.PLAIN];
    private final byte[] sealed = new byte[SegmentCipher.SEALED];
    private int filled;
    private boolean over;

    SealingWriter(ArtifactId id, ArtifactWriter target, SegmentCipher cipher) {
        this.id = id;
        this.target = target;
        this.cipher = cipher;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        ensureOpen();
        // Half a segment may have been written when something is thrown; nothing can follow it.
        over = true;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            if (filled == plain.length) {
                seal(false);
            }
            int count = Math.min(end - at, plain.length - filled);
            System.arraycopy(bytes, at, plain, filled, count);
            filled += count;
            at += count;
        }
        over = false;
    }

    @Override
    public void commit() {
        ensureOpen();
        over = true;
        seal(true);
        target.commit();
    }

    @Override
    public void close() {
        over = true;
        target.close();
    }

    private void seal(boolean last) {
        int length;
        try {
            length = cipher.next(plain, filled, last, sealed);
        } catch (GeneralSecurityException e) {
            throw new ArtifactException(
                    "artifact " + id.name() + " of run " + id.run() + " cannot be sealed (" + e + "); it is not kept",
                    e);
        }
        filled = 0;
        target.write(sealed, 0, length);
    }

    private void ensureOpen() {
        if (over) {
            throw new ArtifactException(
                    "the artifact " + id.name() + " of run " + id.run() + " is not written any more");
        }
    }
}
