/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The demo: a small repository with failing checks, and a scripted agent that mends it. */
@NullMarked
package dev.ralph.samples.plain.demo;

import org.jspecify.annotations.NullMarked;
