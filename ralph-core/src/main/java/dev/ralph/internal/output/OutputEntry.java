/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.process.OutputChannel;

/** What waits to be written. */
sealed interface OutputEntry {

    /** Bytes that were printed, which nobody changes. */
    final class Printed implements OutputEntry {

        private final OutputChannel channel;
        private final byte[] bytes;

        Printed(OutputChannel channel, byte[] bytes) {
            this.channel = channel;
            this.bytes = bytes;
        }

        OutputChannel channel() {
            return channel;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** So many bytes were printed here that are not to be written. */
    record Missing(long bytes) implements OutputEntry {}

    /** That was all. */
    record End() implements OutputEntry {}

    /** Nobody wants it any more. */
    record Abandoned() implements OutputEntry {}
}
