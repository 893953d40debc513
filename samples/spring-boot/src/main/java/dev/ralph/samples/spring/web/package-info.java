/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What all of the API shares: reading of queries, bounds of bodies, JSON, its description. */
@NullMarked
package dev.ralph.samples.spring.web;

import org.jspecify.annotations.NullMarked;
