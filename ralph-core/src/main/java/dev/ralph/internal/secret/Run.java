/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

/** How a secret goes on once it is recognised, however long it is. */
interface Run {

    /** Where what goes on from one place of a text ends, at {@code to} at the latest. */
    int end(String text, int from, int to);
}
