/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import java.time.Duration;

/**
 * How old what people read may be where no change is told of.
 *
 * @param runs a run's row
 * @param lists a page of a listing
 * @param costs sums of costs
 * @param probes what agents say of themselves
 */
public record CacheTimes(Duration runs, Duration lists, Duration costs, Duration probes) {

    public static final CacheTimes DEFAULT = new CacheTimes(
            Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
