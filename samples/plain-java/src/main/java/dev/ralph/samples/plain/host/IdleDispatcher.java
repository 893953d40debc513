/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import java.time.Duration;

/** Works on nothing: for looking at what a run would be. */
public class IdleDispatcher implements Dispatcher {

    public IdleDispatcher() {}

    @Override
    public void start(DispatchContext context) {}

    @Override
    public void submit(QueuedRun run) {}

    @Override
    public void wake(QueuedRun run) {}

    @Override
    public int queued() {
        return 0;
    }

    @Override
    public boolean works() {
        return false;
    }

    @Override
    public boolean drain(Duration timeout) {
        return true;
    }

    @Override
    public void close() {}
}
