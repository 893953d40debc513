/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Events of runs over HTTP: pages, and streams that go on where they were cut. */
@NullMarked
package dev.ralph.samples.spring.event;

import org.jspecify.annotations.NullMarked;
