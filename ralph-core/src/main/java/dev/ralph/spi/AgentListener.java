/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.process.OutputChannel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Is told what an agent does while it works. Thread-safe, quick, and throws nothing. Text is redacted by the receiver.
 */
public interface AgentListener {

    /** Text the agent wrote. */
    void text(String text);

    /** The agent calls a tool; {@code summary} is one line. */
    void toolCalled(String tool, String summary);

    /** A tool returned. */
    void toolReturned(String tool, boolean ok, String summary);

    /**
     * What the agent's process printed, before anything is made of it, in order within a channel; lines and characters may
     * be torn. It is kept as the attempt's full output ({@link dev.ralph.Run#output}). May hold its caller up, for two
     * seconds in all, where the artifact store is slow. {@link dev.ralph.agent.cli.ClientProcess} calls it; an adapter
     * that starts its process otherwise does so itself, and one without a process may leave it.
     *
     * @param bytes read-only; not kept once this returns
     */
    default void printed(OutputChannel channel, ByteBuffer bytes) {}

    /** Usage so far in this attempt, cumulative. A report that shrinks makes the attempt's usage unknown. */
    void usage(UsageReport report);

    /** Usage given as bare numbers from outside, where one may be negative: then the attempt's usage is unknown. */
    default void usage(dev.ralph.@Nullable Usage usage, dev.ralph.Cost cost) {
        usage(new UsageReport(usage, cost));
    }
}
