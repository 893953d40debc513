/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.ByteBuffer;

/**
 * Is told what a process prints, while it runs. Called by two threads, one per channel, in order within a channel; never
 * after {@link ContainedProcess#await} has returned. A listener that blocks stops the process once its pipe is full. What
 * it throws is logged once and counted, and changes nothing else.
 */
public interface ProcessListener {

    /**
     * A line, without its end ({@code \n} or {@code \r\n}). Bytes that are not UTF-8 are replaced.
     *
     * @param channel where it was written
     * @param line the line; the last one may have had no end
     * @param cut whether a limit took the rest of the line
     */
    default void line(OutputChannel channel, String line, boolean cut) {}

    /** Something was written to either channel, also what a limit drops. At most once per read, so it is cheap. */
    default void activity() {}

    /**
     * Everything that is written, also what a limit drops, as it comes from the pipe: lines and characters may be torn.
     *
     * @param channel where it was written
     * @param bytes what was written; read-only, and overwritten once this returns
     */
    default void printed(OutputChannel channel, ByteBuffer bytes) {}

    /** Listens to nothing. */
    static ProcessListener none() {
        return new ProcessListener() {};
    }
}
