/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.util.function.IntSupplier;

/**
 * What is done about keys from time to time.
 *
 * @param wrapping wraps data keys with the first encryption key
 * @param sealing seals runs from before there were keys
 */
record KeyUpkeep(IntSupplier wrapping, IntSupplier sealing) {

    static final KeyUpkeep NOTHING = new KeyUpkeep(() -> 0, () -> 0);

    /** Returns how many it wrapped. */
    int wrapAnew() {
        return wrapping.getAsInt();
    }

    /** Returns how many runs it sealed. */
    int sealClearRuns() {
        return sealing.getAsInt();
    }
}
