/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.process.OutputChannel;
import java.io.IOException;
import java.io.Writer;

/** Writes what both channels print in the {@link OutputFormat}. Not thread-safe. */
final class OutputText {

    private final Writer target;
    private final ChannelText out;
    private final ChannelText err;

    OutputText(Writer target, Mask mask) throws IOException {
        this.target = target;
        this.out = new ChannelText(mask.channel(), (text, ended) -> line(OutputChannel.STDOUT, text, ended));
        this.err = new ChannelText(mask.channel(), (text, ended) -> line(OutputChannel.STDERR, text, ended));
        target.write(OutputFormat.HEADER + "\n");
    }

    void printed(OutputChannel channel, byte[] bytes) throws IOException {
        (channel == OutputChannel.STDOUT ? out : err).accept(bytes);
    }

    /** So many bytes are left out here. */
    void missing(long bytes) throws IOException {
        tear();
        target.append(OutputFormat.MISSING)
                .append(OutputFormat.LINE)
                .append(Long.toString(bytes))
                .append('\n');
    }

    /** Nothing follows. */
    void end() throws IOException {
        tear();
        target.close();
    }

    private void tear() throws IOException {
        out.tear();
        err.tear();
    }

    private void line(OutputChannel channel, String text, boolean ended) throws IOException {
        target.append(OutputFormat.letter(channel))
                .append(ended ? OutputFormat.LINE : OutputFormat.PIECE)
                .append(text)
                .append('\n');
    }
}
