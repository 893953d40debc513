/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** API keys: how they are made, kept, checked, rotated and revoked, and how the first one comes about. */
@NullMarked
package dev.ralph.samples.spring.keys;

import org.jspecify.annotations.NullMarked;
