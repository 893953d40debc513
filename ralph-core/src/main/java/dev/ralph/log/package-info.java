/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** What Ralph says in logs: the names it uses there, and how text from outside is made fit for a line of a log. */
@NullMarked
package dev.ralph.log;

import org.jspecify.annotations.NullMarked;
