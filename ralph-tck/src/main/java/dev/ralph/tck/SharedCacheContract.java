/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Caches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What {@link Caches} must do that have a tier outside the process, which other processes share. As {@link CacheContract}, and
 * beyond it the tests see the cache as a second process.
 */
public abstract class SharedCacheContract extends CacheContract implements SharedCacheRules {

    private Caches other;

    /** For those who extend this class. */
    protected SharedCacheContract() {}

    /** Opens the same caches as another process would, while those of {@link #open} are open. */
    protected abstract Caches openElsewhere() throws Exception;

    @BeforeEach
    final void openOther() throws Exception {
        other = openElsewhere();
    }

    @AfterEach
    final void closeOther() {
        other.close();
    }

    @Override
    public final Caches elsewhere() {
        return other;
    }
}
