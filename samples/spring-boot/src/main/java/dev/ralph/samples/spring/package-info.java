/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A host of Ralph with a REST API. */
@NullMarked
package dev.ralph.samples.spring;

import org.jspecify.annotations.NullMarked;
