/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Readable reports of starts that fail. */
@NullMarked
package dev.ralph.spring.boot.diagnostics;

import org.jspecify.annotations.NullMarked;
