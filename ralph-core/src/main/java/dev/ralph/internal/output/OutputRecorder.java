/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.OutputRecord;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.ProcessListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps what one attempt or gate prints. Thread-safe; throws nothing. */
public interface OutputRecorder extends ProcessListener, AutoCloseable {

    /** Keeps nothing and says nothing of it. */
    OutputRecorder NONE = new OutputRecorder() {
        @Override
        public void printed(OutputChannel channel, ByteBuffer bytes) {}

        @Override
        public @Nullable OutputRecord finish() {
            return null;
        }

        @Override
        public void close() {}
    };

    /** Takes what was printed. Holds its caller up while the artifact store is slow, but not for long in all. */
    @Override
    void printed(OutputChannel channel, ByteBuffer bytes);

    /**
     * Waits, but not for long, until all of it is stored. What is printed from now on is not heard.
     *
     * @return what became of it; null if outputs are not kept on this node
     */
    @Nullable OutputRecord finish();

    /** Drops it, unless it was finished. */
    @Override
    void close();
}
