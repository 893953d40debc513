/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;
import java.time.Duration;

/**
 * What a dispatcher knows of a run.
 *
 * @param run the run
 * @param workspace what {@link WorkspaceSource#key} says of where it works; two runs with equal ones are not worked at once
 * @param priority the higher, the sooner
 * @param delay how long to wait before its first stint
 */
public record QueuedRun(RunId run, String workspace, int priority, Duration delay) {}
