/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/** What secrets of a kind look like. Immutable. It takes time for what it finds, or else for a bounded part of the text. */
interface Shape {

    /** Characters of a secret that a cut has left, from which on it is hidden. */
    int LEAST_OF_CUT = 8;

    /** The characters it begins with. */
    String firsts();

    /** The secret that is found at a place, if there is one. */
    @Nullable Found find(Fragment in, int at);
}
