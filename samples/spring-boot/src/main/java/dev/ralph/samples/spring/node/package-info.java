/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How this node is, and its metrics, over HTTP. */
@NullMarked
package dev.ralph.samples.spring.node;

import org.jspecify.annotations.NullMarked;
