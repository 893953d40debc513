/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What is done about keys from time to time. Thread-safe.
 *
 * @param keys null where there are none
 * @param clearRuns null unless content from before there were keys is read
 */
record KeyUpkeep(@Nullable DataKeys keys, @Nullable ClearRuns clearRuns) {

    static final KeyUpkeep NOTHING = new KeyUpkeep(null, null);

    Upkeep wrapAnew() {
        return keys == null ? Upkeep.NOTHING : keys.wrapAnew();
    }

    int destroyUnneeded() {
        return keys == null ? 0 : keys.destroyUnneeded();
    }

    Upkeep sealClearRuns() {
        return clearRuns == null ? Upkeep.NOTHING : clearRuns.seal();
    }

    /** Whoever takes a run up would go on to write in clear. */
    void beforeClaim(RunId run) {
        if (clearRuns != null) {
            clearRuns.seal(run);
        }
    }
}
