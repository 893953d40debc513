/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Keeps runs in files, one append-only journal each, so that another process can go on with them. */
@NullMarked
package dev.ralph.samples.plain.journal;

import org.jspecify.annotations.NullMarked;
