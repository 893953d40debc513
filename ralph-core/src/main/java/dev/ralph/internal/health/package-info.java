/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Asks probes, keeps what they answered for a moment, and writes reports; the probes of core. */
@NullMarked
package dev.ralph.internal.health;

import org.jspecify.annotations.NullMarked;
