/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns the bytes of one channel into lines with secrets masked, however the bytes are torn. A line that does not end is
 * passed on in pieces, as far as it is certain where a secret ends. Not thread-safe.
 */
final class ChannelText {

    /** Characters of a piece. */
    static final int PIECE = 16 * 1024;

    private final Mask.Channel mask;
    private final Sink sink;
    private final ToldText told;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder pending = new StringBuilder();
    private byte[] undecoded = {};
    private boolean torn;
    private boolean inPieces;

    /** Takes lines and pieces. */
    interface Sink {
        void line(String text, boolean ended) throws IOException;
    }

    ChannelText(Mask.Channel mask, Sink sink) {
        this.mask = mask;
        this.sink = sink;
        this.told = new ToldText(mask, sink);
    }

    void accept(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(undecoded.length + bytes.length)
                .put(undecoded)
                .put(bytes)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        undecoded = new byte[in.remaining()];
        in.get(undecoded);
        split(out.flip().toString());
    }

    /** Nothing follows, or not what came next: what is left over is passed on, and may end within a secret. */
    void tear() throws IOException {
        if (undecoded.length > 0) {
            pending.append(decoder.replacement());
            undecoded = new byte[0];
        }
        decoder.reset();
        // What lines told may go on behind the beginning of the next one, where nobody would recognise it.
        boolean goesOn = told.holds() && pending.indexOf("{") == 0;
        told.tear();
        if (pending.length() > 0) {
            String masked = masked(pending.toString(), false, true);
            sink.line(goesOn ? Mask.HIDDEN : masked, false);
            pending.setLength(0);
        }
        torn = true;
        inPieces = false;
    }

    private void split(String text) throws IOException {
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            pending.append(text, start, end);
            shorten();
            line(pending.toString());
            pending.setLength(0);
            start = end + 1;
        }
        pending.append(text, start, text.length());
        shorten();
    }

    private void line(String text) throws IOException {
        if (!inPieces && told.take(text)) {
            torn = false;
        } else {
            if (torn) {
                told.tear();
            } else {
                told.end();
            }
            sink.line(masked(text, true, false), true);
        }
        inPieces = false;
    }

    /** Passes on what is certain of a long line. */
    private void shorten() throws IOException {
        while (pending.length() >= PIECE + mask.reach()) {
            told.end();
            inPieces = true;
            String text = pending.toString();
            int end = divide(text);
            if (end > 0) {
                sink.line(masked(text.substring(0, end), false, false), false);
                pending.delete(0, end);
            } else {
                // Secrets that overlap all the way: none of it is shown, and what follows may begin within one.
                masked(text.substring(0, PIECE), false, false);
                sink.line(Mask.HIDDEN, false);
                pending.delete(0, PIECE);
                torn = true;
            }
        }
    }

    private int divide(String text) {
        int end = mask.divide(text, PIECE);
        boolean inPair = end > 0
                && end < text.length()
                && Character.isLowSurrogate(text.charAt(end))
                && Character.isHighSurrogate(text.charAt(end - 1));
        return inPair ? mask.divide(text, end - 1) : end;
    }

    private String masked(String text, boolean line, boolean tornAfter) {
        String masked = mask.masked(text, new Mask.Ends(line, torn, tornAfter));
        torn = false;
        return masked;
    }
}
