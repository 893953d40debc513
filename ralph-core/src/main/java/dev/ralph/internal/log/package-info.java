/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** What the log is told beside its messages. */
@NullMarked
package dev.ralph.internal.log;

import org.jspecify.annotations.NullMarked;
