/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

/** Work that is observed; what comes of it is noted in the context. */
@FunctionalInterface
public interface ObservedWork<C, T, E extends Exception> {

    T on(C context) throws E;
}
