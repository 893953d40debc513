/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How busy the process and its host, or container, are.
 *
 * @param cpuUsage what this process used of the processors it may use since it was last looked at, in percent, 0 to 100; null
 *     if the platform does not say
 * @param memoryUsage how much of the container's memory, or else the host's, is in use, in percent; null if the platform does
 *     not say
 * @param uptime since the process began
 */
public record SystemFigures(
        @Nullable Double cpuUsage, @Nullable Double memoryUsage, Duration uptime) {}
