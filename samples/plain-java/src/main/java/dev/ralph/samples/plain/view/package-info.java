/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How runs are shown: live on a terminal, as plain lines, as JSON. */
@NullMarked
package dev.ralph.samples.plain.view;

import org.jspecify.annotations.NullMarked;
