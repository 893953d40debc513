/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.RunId;
import dev.ralph.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * How working on a run came to an end here.
 *
 * @param id the run
 * @param result how the run ended, or null if it did not: it was handed back, or is watched no longer
 * @param stoppedBy the signal that asked this process to stop, or null
 * @param watched whether others work on it and this process only watched
 */
public record RunEnd(
        RunId id, @Nullable RunResult result, @Nullable StopSignal stoppedBy, boolean watched) {}
