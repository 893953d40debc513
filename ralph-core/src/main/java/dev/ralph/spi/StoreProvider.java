/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** Makes stores. */
public interface StoreProvider extends Provider<Store> {}
