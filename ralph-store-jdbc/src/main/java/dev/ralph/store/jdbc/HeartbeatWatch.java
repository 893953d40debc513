/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Sees whether db-scheduler's housekeeping reaches the database. It has one thread: it sends heartbeats for the runs at work, which
 * a node without any does not, and looks for those of dead nodes, which every node does. Thread-safe.
 */
final class HeartbeatWatch extends AbstractSchedulerListener {

    /** A pause of the JVM, or a slow look. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Duration most;
    private volatile long last;

    /**
     * The one that is about to come counts as having come.
     *
     * @param untilDead without heartbeats for so long, a node is dead to others; housekeeping comes twice in this time
     */
    HeartbeatWatch(LongSupplier nanoTime, Duration untilDead) {
        this.nanoTime = nanoTime;
        this.most = untilDead.plus(SLACK);
        this.last = nanoTime.getAsLong();
    }

    /** Sent after a look for dead nodes that did not fail. */
    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        if (type == SchedulerEventType.RAN_DETECT_DEAD) {
            last = nanoTime.getAsLong();
        }
    }

    /**
     * What is known.
     *
     * @param late counts runs at work whose heartbeats were missed
     */
    Beats beats(IntSupplier late) {
        return new Beats(Duration.ofNanos(nanoTime.getAsLong() - last), most, late.getAsInt());
    }

    /**
     * What is known.
     *
     * @param since the last one that came
     * @param most how long that may be at most
     * @param late runs at work of which half of the heartbeats that make them dead to others were missed
     */
    record Beats(Duration since, Duration most, int late) {}
}
