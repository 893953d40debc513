/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static java.util.Objects.requireNonNull;

import dev.ralph.RunId;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Works a run when the test says so, as one of several nodes that share a queue. */
final class DispatcherByHand implements Dispatcher {

    private volatile @Nullable DispatchContext context;

    /** Works one stint on this thread. */
    StintEnd work(RunId run) {
        return requireNonNull(context, "start the node first").worker().work(run);
    }

    @Override
    public void start(DispatchContext given) {
        context = given;
    }

    @Override
    public void submit(QueuedRun run) {}

    @Override
    public void wake(QueuedRun run) {}

    @Override
    public int queued() {
        return 0;
    }

    @Override
    public boolean distributes() {
        return true;
    }

    @Override
    public boolean drain(Duration timeout) {
        return true;
    }

    @Override
    public void close() {}
}
