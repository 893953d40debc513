/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Whole loops through the real command-line clients, against scripted model APIs on loopback. */
@NullMarked
package dev.ralph.real;

import org.jspecify.annotations.NullMarked;
