/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Configuration values and where they come from. */
@NullMarked
package dev.ralph.internal.config;

import org.jspecify.annotations.NullMarked;
