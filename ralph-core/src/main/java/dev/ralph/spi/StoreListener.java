/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;

/** Is told that something changed, so that nobody has to poll. Quick, non-blocking, throws nothing. */
public interface StoreListener {

    /** The run may have new commands. */
    void commanded(RunId run);

    /** The run may have new events. */
    void advanced(RunId run);

    /**
     * Changes made elsewhere may have been missed, of any run; and {@link Store#seesRemoteChanges} may answer otherwise than
     * before.
     */
    default void missed() {}
}
