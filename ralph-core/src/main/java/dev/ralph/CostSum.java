/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What attempts used together.
 *
 * @param day the day (UTC) they were settled on; null if not asked for
 * @param agent the agent; null if not asked for
 * @param label the value of the label asked for; null if none was, or for runs that do not have it
 * @param attempts how many were settled
 * @param unmetered how many of them reported no tokens
 * @param usage tokens of those that did
 * @param spend US dollars charged, by kind
 */
public record CostSum(
        @Nullable LocalDate day,
        @Nullable String agent,
        @Nullable String label,
        long attempts,
        long unmetered,
        Usage usage,
        Spend spend) {}
