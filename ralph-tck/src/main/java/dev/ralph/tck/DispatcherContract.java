/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Dispatcher} must do. Extend it in the tests of a dispatcher that works runs of its own process; extend
 * {@link DistributedDispatcherContract} if nodes share its queue.
 *
 * <p>Runs are stored before they are queued, but nothing is ever committed to them: a dispatcher goes by how their stints
 * end.
 */
@Timeout(120)
public abstract class DispatcherContract implements QueueRules, WorkspaceTurnRules, DrainRules {

    private DispatcherBench bench;

    /** For those who extend this class. */
    protected DispatcherContract() {}

    /** Makes a dispatcher; it is started, drained and closed here. */
    protected abstract Dispatcher open() throws Exception;

    /**
     * Opens the store as one node sees it; closed here. By default one in memory. No run of an earlier test may be in its
     * queue.
     */
    protected Store openStore() throws Exception {
        return new InMemoryStore(InstantSource.system());
    }

    @BeforeEach
    final void openBench() {
        bench = new DispatcherBench(this::openStore, this::open);
    }

    @AfterEach
    final void closeBench() throws Exception {
        bench.close();
    }

    /** What the rules work with. */
    @Override
    public final DispatcherBench dispatching() {
        return bench;
    }
}
