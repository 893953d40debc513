/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;

/**
 * Seals content of runs with the keys a store keeps for them, so that what lies elsewhere (artifacts) is as unreadable as
 * what lies in the store, and as gone once a run's key is destroyed. Sealing is authenticated encryption: content that was
 * changed, or moved to another run or place, does not open.
 *
 * <p>Thread-safe. Both methods may block for a statement of the store, and may be repeated: the same content is sealed to
 * other bytes each time.
 */
public interface ContentSeal {

    /**
     * Seals content of a run.
     *
     * @param place what it is of the run, such as {@code artifact:attempt-1-1}; not secret, and needed again to open it
     * @throws dev.ralph.ContentUnreadableException if the run has no key: there is no such run, or it was erased
     */
    byte[] seal(RunId run, String place, byte[] content);

    /**
     * Opens what was sealed for the same run and place.
     *
     * @throws dev.ralph.ContentUnreadableException if it does not open
     */
    byte[] open(RunId run, String place, byte[] sealed);
}
