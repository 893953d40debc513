/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.Store;
import org.junit.jupiter.api.Test;

/** What every {@link Dispatcher} must do whose queue nodes share. Extend it in the tests of such a dispatcher. */
public abstract class DistributedDispatcherContract extends DispatcherContract implements DistributionRules {

    /** For those who extend this class. */
    protected DistributedDispatcherContract() {}

    /** Opens the same data for each node that asks; closed here. No run of an earlier test may be in its queue. */
    @Override
    protected abstract Store openStore() throws Exception;

    @Test
    final void itSaysThatItDistributes() throws Exception {
        try (Dispatcher dispatcher = open()) {
            assertThat(dispatcher.distributes()).isTrue();
        }
    }
}
