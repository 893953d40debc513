/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

/** A part of what holds for every client. */
interface BenchRules {

    Bench bench();
}
