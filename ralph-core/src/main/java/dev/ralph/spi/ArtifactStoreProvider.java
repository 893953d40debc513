/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** Makes artifact stores. The id {@code none} is taken: it stands for keeping no artifacts. */
public interface ArtifactStoreProvider extends Provider<ArtifactStore> {}
