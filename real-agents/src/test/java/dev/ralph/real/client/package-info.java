/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The real command-line clients: installed from their packages, each with what the rules need to know about it. */
@NullMarked
package dev.ralph.real.client;

import org.jspecify.annotations.NullMarked;
