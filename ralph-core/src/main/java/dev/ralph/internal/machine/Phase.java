/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Reservation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is in flight. */
public sealed interface Phase {

    /** Nothing: the next decision is free. */
    record Idle() implements Phase {}

    /**
     * An attempt was started and not settled.
     *
     * @param agent the agent
     * @param reserved what was set aside
     * @param startedAt when
     * @param fingerprint the workspace before it, or null if that could not be told
     * @param guidance how many texts of guidance its prompt has
     */
    record Attempting(
            String agent,
            Reservation reserved,
            Instant startedAt,
            @Nullable String fingerprint,
            int guidance) implements Phase {}

    /** A claim waits for the gates. */
    record Verifying() implements Phase {}

    /**
     * The run is over.
     *
     * @param before what it was given up in, or null: where a retry goes on
     */
    record Ended(@Nullable Phase before) implements Phase {}
}
