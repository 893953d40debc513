/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import java.util.function.Supplier;

/**
 * Metrics as the health endpoint serves them.
 *
 * @param contentType the form they are in
 * @param text gathers them
 */
public record MetricsText(String contentType, Supplier<String> text) {}
