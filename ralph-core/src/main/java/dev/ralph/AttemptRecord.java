/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One launch of an agent.
 *
 * @param iteration the iteration it belongs to, from 1
 * @param attempt its number within the iteration, from 1
 * @param agent id of the agent
 * @param status how it stands
 * @param startedAt when its reservation was committed
 * @param endedAt when it was settled, or null while in flight
 * @param failure what went wrong, or null
 * @param message the failure in words, or why it was interrupted; null if neither
 * @param reserved what was reserved before launch
 * @param usage tokens charged: the reservation's place-holder is never shown here, so null while unknown
 * @param cost US dollars charged and their kind
 * @param output what became of its full output; null while it is in flight, if its node died, and where full outputs are
 *     not kept
 */
public record AttemptRecord(
        int iteration,
        int attempt,
        String agent,
        AttemptStatus status,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable FailureClass failure,
        @Nullable String message,
        Reservation reserved,
        @Nullable Usage usage,
        Cost cost,
        @Nullable OutputRecord output) {}
