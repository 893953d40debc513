/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunProgress;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The columns a step sets in the run's row; meanings as in {@link dev.ralph.RunSnapshot}.
 */
public record RunUpdate(
        RunStatus status,
        @Nullable StopReason reason,
        Verification verification,
        @Nullable String detail,
        RunProgress progress,
        Instant at,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant wakeAt) {}
