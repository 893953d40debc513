/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** Makes dispatchers. */
public interface DispatcherProvider extends Provider<Dispatcher> {}
