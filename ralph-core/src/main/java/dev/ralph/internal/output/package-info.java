/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What becomes of what agents and gates print: masked, cut to what may be kept, compressed, stored, and read again. */
@NullMarked
package dev.ralph.internal.output;

import org.jspecify.annotations.NullMarked;
