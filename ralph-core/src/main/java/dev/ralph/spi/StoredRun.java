/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's row.
 *
 * @param snapshot its columns
 * @param spec what it is asked to do
 * @param state where the machine stands
 * @param epoch how often it was claimed
 * @param commandsThrough number of the last command it has consumed
 * @param lastEvent number of its last event
 * @param leaseUntil until when its owner holds it by the store's clock, or null without an owner
 */
public record StoredRun(
        RunSnapshot snapshot,
        Payload spec,
        Payload state,
        long epoch,
        long commandsThrough,
        long lastEvent,
        @Nullable Instant leaseUntil) {}
