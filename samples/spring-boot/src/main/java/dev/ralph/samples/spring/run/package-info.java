/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs over HTTP: submit, list, look at, command. */
@NullMarked
package dev.ralph.samples.spring.run;

import org.jspecify.annotations.NullMarked;
