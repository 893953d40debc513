/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The API a host writes against: {@link dev.ralph.Orchestrator}, {@link dev.ralph.RunSpec}, {@link dev.ralph.Run}.
 *
 * <p>Times are {@link java.time.Instant} and {@link java.time.Duration}, money is {@link java.math.BigDecimal} in US
 * dollars. Every value type is immutable. What a host or a plug-in did wrong is a {@link dev.ralph.RalphException} whose
 * message names the value and the fix.
 */
@NullMarked
package dev.ralph;

import org.jspecify.annotations.NullMarked;
