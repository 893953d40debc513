/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.process.OutputChannel;

/**
 * How a full output is written, before it is compressed: UTF-8, a first line that says the version, then a line for each
 * line that was printed, so that common tools can read it. Each begins with a letter for its channel and a mark: a blank, or
 * a plus where the printed line goes on with the next line of its channel.
 */
final class OutputFormat {

    static final String HEADER = "ralph output 1";

    static final char OUT = 'o';
    static final char ERR = 'e';
    static final char MISSING = '=';
    static final char LINE = ' ';
    static final char PIECE = '+';

    private OutputFormat() {}

    static char letter(OutputChannel channel) {
        return channel == OutputChannel.STDOUT ? OUT : ERR;
    }
}
