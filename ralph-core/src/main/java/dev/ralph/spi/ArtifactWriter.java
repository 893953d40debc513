/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.ArtifactException;

/** Writes one artifact. Used by one thread at a time, not always the same one. */
public interface ArtifactWriter extends AutoCloseable {

    /**
     * Appends bytes, as many as there are; the array may be changed once this returns. Blocks while the store is busy.
     *
     * @throws ArtifactException if they cannot be written; nothing but {@link #close} helps then
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes the artifact visible, whole and lasting. Called once, after the last {@link #write}.
     *
     * @throws ArtifactException if that fails, or there is an artifact with its id by now; then there is no new one
     */
    void commit();

    /** Without a commit, drops what was written; else does nothing. Throws nothing. Closing twice is allowed. */
    @Override
    void close();
}
