/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Full outputs of attempts and gates: in the file system, and sealed. */
@NullMarked
package dev.ralph.artifact;

import org.jspecify.annotations.NullMarked;
