/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

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

    /** Usage so far in this attempt, cumulative. A report that shrinks makes the attempt's usage unknown. */
    void usage(UsageReport report);

    /** Usage given as bare numbers from outside, where one may be negative: then the attempt's usage is unknown. */
    default void usage(dev.ralph.@Nullable Usage usage, dev.ralph.Cost cost) {
        usage(new UsageReport(usage, cost));
    }
}
