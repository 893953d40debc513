/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.RunListener;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.log.LogScope;
import dev.ralph.internal.monitor.WorkMonitors;
import dev.ralph.internal.worker.Stretches.Stretch;
import dev.ralph.log.LogText;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to one listener on one thread. Of many runs, it knows those at work here, and those whose last events here
 * were not heard yet.
 */
final class EventPump implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final int BATCH = 500;

    private final Store store;
    private final RunCodec codec;
    private final RunListener listener;
    private final boolean adopts;
    private final PendingEvents pending;
    private volatile boolean cancelled;

    private EventPump(
            Store store, RunCodec codec, RunListener listener, Duration poll, WorkMonitors monitors, boolean adopts) {
        this.store = store;
        this.codec = codec;
        this.listener = listener;
        this.adopts = adopts;
        this.pending = new PendingEvents(poll, store::seesRemoteChanges, monitors::activityDropped);
    }

    static EventPump ofOne(
            Store store,
            RunCodec codec,
            RunListener listener,
            Duration poll,
            WorkMonitors monitors,
            RunId run,
            long after) {
        EventPump pump = new EventPump(store, codec, listener, poll, monitors, false);
        pump.pending.begin(run, after);
        pump.advanced(run);
        return pump;
    }

    static EventPump ofAll(Store store, RunCodec codec, RunListener listener, Duration poll, WorkMonitors monitors) {
        return new EventPump(store, codec, listener, poll, monitors, true);
    }

    /** This node begins to work on the run: what comes after this event is to be heard. */
    void adopt(RunId run, long after) {
        if (adopts) {
            pending.begin(run, after);
        }
    }

    /** This node does not work on the run any more: what comes after this event is heard elsewhere. */
    void leave(RunId run, long upTo) {
        if (adopts) {
            pending.end(run, upTo);
        }
    }

    void advanced(RunId run) {
        pending.advanced(run);
    }

    void missed() {
        pending.missed();
    }

    void activity(ActivityEvent event) {
        pending.activity(event);
    }

    /** Ends the pump once it has passed on what is stored by now. */
    void close() {
        pending.close();
    }

    /** Ends the pump after the event that is being delivered. */
    void cancel() {
        cancelled = true;
        close();
    }

    @Override
    public void run() {
        try {
            for (PendingEvents.Item item = pending.next(); item != null && !cancelled; item = pending.next()) {
                if (item.activity() != null) {
                    deliver(item.activity());
                } else {
                    deliverStateEvents(item.run());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliverStateEvents(RunId run) {
        Stretch stretch = pending.stretch(run);
        if (stretch == null) {
            return;
        }
        try {
            List<StoredEvent> events = store.events(run, stretch.after(), BATCH);
            for (StoredEvent stored : events) {
                if (cancelled) {
                    return;
                }
                if (stored.seq() <= stretch.upTo()) {
                    codec.event(stored).ifPresent(this::deliver);
                    pending.heard(run, stored.seq());
                }
            }
            if (events.size() == BATCH && events.get(BATCH - 1).seq() < stretch.upTo()) {
                advanced(run);
            } else {
                pending.readThrough(run, stretch);
            }
        } catch (RalphException e) {
            LOG.warn("Run {}: events cannot be read now, trying again: {}", run, LogText.line(e.getMessage()));
            pending.again(run);
        }
    }

    private void deliver(RunEvent event) {
        LogScope.during(event.run(), () -> tell(event));
    }

    private void tell(RunEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) {
            LOG.warn(
                    "Run {}: a listener failed on {}",
                    event.run(),
                    event.getClass().getSimpleName(),
                    LogText.failure(e));
        }
    }
}
