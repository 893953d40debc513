/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.spi.ArtifactId;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens a sealed artifact segment by segment; a byte is handed out only after its segment was found to be what was sealed.
 * Where that is not so, this and every later read throws; the end of the stream is the end of the artifact, never of what
 * is left of it. Not thread-safe.
 */
final class OpeningStream extends InputStream {

    private final ArtifactId id;
    private final InputStream stored;
    private final SegmentCipher cipher;
    /** One byte more than a segment: whether anything follows tells the last one from the others. */
    private final byte[] sealed = new byte[SegmentCipher.SEALED + 1];

    private final byte[] plain = new byte[SegmentCipher.PLAIN];
    private int ahead;
    private int at;
    private int limit;
    private boolean ended;
    private @Nullable String trouble;

    OpeningStream(ArtifactId id, InputStream stored, SegmentCipher cipher) {
        this.id = id;
        this.stored = stored;
        this.cipher = cipher;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(plain, at, to, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return limit - at;
    }

    @Override
    public void close() throws IOException {
        at = 0;
        limit = 0;
        trouble = "was closed";
        stored.close();
    }

    /** Whether there is a byte left, after the next segment was opened if need be. */
    private boolean fill() throws IOException {
        while (at == limit && !(ended && trouble == null)) {
            openNext();
        }
        return at < limit;
    }

    private void openNext() throws IOException {
        if (trouble != null) {
            throw failed(trouble, null);
        }
        trouble = "could not be read before";
        int length = ahead + stored.readNBytes(sealed, ahead, sealed.length - ahead);
        boolean last = length <= SegmentCipher.SEALED;
        at = 0;
        limit = 0;
        try {
            limit = cipher.next(sealed, last ? length : SegmentCipher.SEALED, last, plain);
        } catch (GeneralSecurityException e) {
            trouble = "is not what was sealed: it was changed, cut off, or belongs elsewhere";
            throw failed(trouble, e);
        }
        sealed[0] = sealed[SegmentCipher.SEALED];
        ahead = 1;
        ended = last;
        trouble = null;
    }

    private IOException failed(String why, @Nullable Exception cause) {
        return new IOException("artifact " + id.name() + " of run " + id.run() + " " + why, cause);
    }
}
