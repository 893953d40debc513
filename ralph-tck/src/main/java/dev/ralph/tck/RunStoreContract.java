/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.Store;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Store} must do but share budgets, add up costs, keep an audit trail, erase and purge: for a store that does
 * none of it. Extend {@link StoreContract} in the tests of every other store. Either way, say how to open it:
 *
 * <pre>{@code
 * class MyStoreContractTest extends RunStoreContract {
 *
 *     @Override
 *     protected Store open() {
 *         return new MyStore(dataSource);
 *     }
 * }
 * }</pre>
 *
 * <p>Every test opens the store anew and closes it. Runs, tasks, tenants and budgets have names of their own in every
 * test, so the data may stay from test to test, or go. Some tests need a lease that has run out: they cut it short by
 * renewing it for a millisecond and then wait until the store's clock has passed its end, so no clock has to be moved.
 * One test waits for seconds that way, unless {@link #waitUntilPast} is overridden.
 */
@Timeout(120)
public abstract class RunStoreContract
        implements CreationRules,
                ListingRules,
                ClaimRules,
                RenewalRules,
                StepRules,
                FencingRules,
                RecordRules,
                EventRules,
                CommandRules,
                UsageRules,
                ContentRules,
                ListenRules {

    private StoreBench bench;

    /** For those who extend this class. */
    protected RunStoreContract() {}

    /** Opens the store. */
    protected abstract Store open() throws Exception;

    /**
     * Opens the same data a second time, as another node would while {@code first} is open. By default it is the same
     * object: right for a store that lives in one process.
     */
    protected Store openAgain(Store first) throws Exception {
        return first;
    }

    /**
     * Blocks until the store's clock is past {@code time}. By default this watches that clock through claims of a run made
     * for it, and so waits in real time. Override it where the test owns the store's clock, and move that.
     */
    protected void waitUntilPast(Instant time) {
        bench.watchClockUntilPast(time);
    }

    /**
     * How often a race between nodes is run. 200 finds a store without locks, in seconds on a database. Fewer are for one
     * whose calls take a hundred times as long.
     */
    protected int rounds() {
        return 200;
    }

    /** Whether budgets can be defined. */
    boolean sharesBudgets() {
        return false;
    }

    @BeforeEach
    final void openStores() throws Exception {
        Store store = open();
        bench = new StoreBench(store, openAgain(store), this::waitUntilPast, sharesBudgets(), rounds());
    }

    @AfterEach
    final void closeStores() {
        bench.close();
    }

    /** What the rules work with. */
    @Override
    public final StoreBench bench() {
        return bench;
    }
}
