/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What may stand under {@code ralph.*}, and how it reaches the library. */
@NullMarked
package dev.ralph.spring.boot.properties;

import org.jspecify.annotations.NullMarked;
