/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Every error as problem details (RFC 9457). */
@NullMarked
package dev.ralph.samples.spring.problem;

import org.jspecify.annotations.NullMarked;
