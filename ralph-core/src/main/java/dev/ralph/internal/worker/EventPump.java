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
import dev.ralph.internal.worker.Stretches.Stretch;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to one listener on one thread. What waits is bounded: for state events only the fact that a run has new
 * ones, for activity a number of events and of characters beyond which more are dropped. The store is asked again after a
 * while for runs whose events could not be read, and for every run too, but seldom if it tells of what other nodes write. Of
 * many runs, it knows those at work here, and those whose last events here were not heard yet.
 */
final class EventPump implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final int MAX_ACTIVITY = 1000;
    private static final long MAX_ACTIVITY_CHARS = 1L << 20;
    private static final int BATCH = 500;
    /** One poll of so many asks for every run even if the store tells of changes. */
    static final int POLLS_IF_TOLD = 20;

    private final Store store;
    private final RunCodec codec;
    private final RunListener listener;
    private final Duration poll;
    private final boolean adopts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Map<RunId, Stretches> unheard = new HashMap<>();
    private final Set<RunId> signalled = new HashSet<>();
    private final Set<RunId> unread = new HashSet<>();
    private final Queue<Item> items = new ArrayDeque<>();
    private long nextPoll;
    private int polls;
    private int activities;
    private long activityChars;
    private boolean closed;
    private volatile boolean cancelled;

    private EventPump(Store store, RunCodec codec, RunListener listener, Duration poll, boolean adopts) {
        this.store = store;
        this.codec = codec;
        this.listener = listener;
        this.poll = poll;
        this.adopts = adopts;
        this.nextPoll = System.nanoTime() + poll.toNanos();
    }

    static EventPump ofOne(Store store, RunCodec codec, RunListener listener, Duration poll, RunId run, long after) {
        EventPump pump = new EventPump(store, codec, listener, poll, false);
        pump.begin(run, after);
        pump.advanced(run);
        return pump;
    }

    static EventPump ofAll(Store store, RunCodec codec, RunListener listener, Duration poll) {
        return new EventPump(store, codec, listener, poll, true);
    }

    /** This node begins to work on the run: what comes after this event is to be heard. */
    void adopt(RunId run, long after) {
        if (adopts) {
            begin(run, after);
        }
    }

    /** This node does not work on the run any more: what comes after this event is heard elsewhere. */
    void leave(RunId run, long upTo) {
        lock.lock();
        try {
            Stretches stretches = unheard.get(run);
            if (adopts && stretches != null) {
                stretches.end(upTo);
                if (stretches.isEmpty()) {
                    unheard.remove(run);
                } else {
                    signal(run);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void advanced(RunId run) {
        lock.lock();
        try {
            if (unheard.containsKey(run)) {
                signal(run);
            }
        } finally {
            lock.unlock();
        }
    }

    void missed() {
        lock.lock();
        try {
            unheard.keySet().forEach(this::signal);
        } finally {
            lock.unlock();
        }
    }

    void activity(ActivityEvent event) {
        lock.lock();
        try {
            if (unheard.containsKey(event.run())
                    && activities < MAX_ACTIVITY
                    && activityChars + chars(event) <= MAX_ACTIVITY_CHARS) {
                activities++;
                activityChars += chars(event);
                items.add(new Item(event.run(), event));
                more.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the pump once it has passed on what is stored by now. */
    void close() {
        lock.lock();
        try {
            closed = true;
            unheard.keySet().forEach(this::signal);
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the pump after the event that is being delivered. */
    void cancel() {
        cancelled = true;
        close();
    }

    @Override
    public void run() {
        try {
            for (Item item = next(); item != null && !cancelled; item = next()) {
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

    /** The next item, or null once closed and empty. */
    private @Nullable Item next() throws InterruptedException {
        lock.lock();
        try {
            pollIfDue();
            while (items.isEmpty()) {
                if (closed) {
                    return null;
                }
                more.await(Math.max(1, nextPoll - System.nanoTime()), TimeUnit.NANOSECONDS);
                pollIfDue();
            }
            Item item = items.remove();
            if (item.activity() != null) {
                activities--;
                activityChars -= chars(item.activity());
            } else {
                signalled.remove(item.run());
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    private void deliverStateEvents(RunId run) {
        Stretch stretch = next(run);
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
                    heard(run, stored.seq());
                }
            }
            if (events.size() == BATCH && events.get(BATCH - 1).seq() < stretch.upTo()) {
                advanced(run);
            } else {
                readThrough(run, stretch);
            }
        } catch (RalphException e) {
            LOG.warn("Run {}: events cannot be read now, trying again: {}", run, e.getMessage());
            again(run);
        }
    }

    private void again(RunId run) {
        lock.lock();
        try {
            unread.add(run);
        } finally {
            lock.unlock();
        }
    }

    private void pollIfDue() {
        if (System.nanoTime() - nextPoll < 0 || closed) {
            return;
        }
        nextPoll = System.nanoTime() + poll.toNanos();
        polls++;
        boolean told = store.seesRemoteChanges() && polls % POLLS_IF_TOLD != 0;
        Set<RunId> due = told ? unread : unheard.keySet();
        due.forEach(this::signal);
        unread.clear();
    }

    private void deliver(RunEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) {
            LOG.warn(
                    "Run {}: a listener failed on {}",
                    event.run(),
                    event.getClass().getSimpleName(),
                    e);
        }
    }

    private void begin(RunId run, long after) {
        lock.lock();
        try {
            unheard.computeIfAbsent(run, missing -> new Stretches()).begin(after);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Stretch next(RunId run) {
        lock.lock();
        try {
            Stretches stretches = unheard.get(run);
            return stretches == null ? null : stretches.first();
        } finally {
            lock.unlock();
        }
    }

    private void heard(RunId run, long seq) {
        lock.lock();
        try {
            Stretches stretches = unheard.get(run);
            if (stretches != null) {
                stretches.heard(seq);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A stretch that ended before it was read is over; the next one may have begun meanwhile. */
    private void readThrough(RunId run, Stretch asRead) {
        lock.lock();
        try {
            Stretches stretches = unheard.get(run);
            if (stretches != null && asRead.upTo() != Stretches.OPEN) {
                stretches.removeFirst();
                if (stretches.isEmpty()) {
                    unheard.remove(run);
                } else {
                    signal(run);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal(RunId run) {
        if (signalled.add(run)) {
            items.add(new Item(run, null));
            more.signal();
        }
    }

    private static int chars(ActivityEvent event) {
        if (event instanceof ActivityEvent.TextWritten written) {
            return written.text().length();
        }
        if (event instanceof ActivityEvent.ToolCalled called) {
            return called.tool().length() + called.summary().length();
        }
        return event instanceof ActivityEvent.ToolReturned returned
                ? returned.tool().length() + returned.summary().length()
                : 0;
    }

    private record Item(RunId run, @Nullable ActivityEvent activity) {}
}
