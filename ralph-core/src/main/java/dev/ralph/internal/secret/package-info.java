/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Finds secrets in texts: by their values, where these are known, and by the shapes that vendors give their tokens. */
@NullMarked
package dev.ralph.internal.secret;

import org.jspecify.annotations.NullMarked;
