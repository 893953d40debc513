/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Who may do what. */
@NullMarked
package dev.ralph.samples.spring.access;

import org.jspecify.annotations.NullMarked;
