/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves runs to the workers where the store has a queue; the file of one host has none. Works none itself. */
final class QueueIfAny implements Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(QueueIfAny.class);

    private volatile Dispatcher way = new IdleDispatcher();
    private volatile boolean there;

    /** Whether workers see what is queued here; known once it is started. */
    boolean isThere() {
        return there;
    }

    @Override
    public void start(DispatchContext context) {
        DbSchedulerDispatcher queue = DbSchedulerDispatcher.submitting();
        try {
            queue.start(context);
            way = queue;
            there = true;
        } catch (ConfigurationException e) {
            LOG.debug("There is no queue: {}", e.getMessage());
        }
    }

    @Override
    public void submit(QueuedRun run) {
        way.submit(run);
    }

    @Override
    public void wake(QueuedRun run) {
        way.wake(run);
    }

    @Override
    public int queued() {
        return way.queued();
    }

    @Override
    public boolean works() {
        return false;
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        return way.drain(timeout);
    }

    @Override
    public void close() {
        way.close();
    }
}
