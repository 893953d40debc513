/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/**
 * A secret that was found.
 *
 * @param firm where what it is recognised by ends: up to there from where it was found it must not be divided
 * @param from where what is secret of it begins
 * @param to where it ends
 * @param goesOn how it goes on if that is where the text ends; null if it does not
 */
record Found(int firm, int from, int to, @Nullable Run goesOn) {}
