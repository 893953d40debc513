/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Whether a node is alive, ready and well: three questions ({@link dev.ralph.health.Health}), what is asked for them
 * ({@link dev.ralph.health.HealthProbe}), and a small HTTP endpoint for hosts that have none.
 */
@NullMarked
package dev.ralph.health;

import org.jspecify.annotations.NullMarked;
