/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt may use. The machine decides it, the worker enforces it; an adapter passes on what its client has
 * flags for and enforces the two time-outs.
 *
 * @param tokens tokens of all kinds, or null for no limit
 * @param cost US dollars, or null for no limit
 * @param timeout wall-clock time from launch
 * @param idleTimeout time without any output
 */
public record Allowance(@Nullable Long tokens, @Nullable BigDecimal cost, Duration timeout, Duration idleTimeout) {}
