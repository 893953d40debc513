/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RunId;
import dev.ralph.event.ActivityEvent;
import dev.ralph.internal.worker.Stretches.Stretch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one listener, bounded: for state events only the fact that a run has new ones, for activity a number of
 * events and of characters beyond which more are dropped. Runs whose events could not be read come again after a while, and
 * so does every run, but seldom if the store tells of what other nodes write. Thread-safe; one thread takes.
 */
final class PendingEvents {

    /** One poll of so many asks for every run even if the store tells of changes. */
    static final int POLLS_IF_TOLD = 20;

    private static final int MAX_ACTIVITY = 1000;
    private static final long MAX_ACTIVITY_CHARS = 1L << 20;

    private final Duration poll;
    private final BooleanSupplier told;
    private final Runnable dropped;
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

    /**
     * Nothing waits yet.
     *
     * @param told whether the store tells of what other nodes write
     * @param dropped called for each activity that is dropped
     */
    PendingEvents(Duration poll, BooleanSupplier told, Runnable dropped) {
        this.poll = poll;
        this.told = told;
        this.dropped = dropped;
        this.nextPoll = System.nanoTime() + poll.toNanos();
    }

    /** What comes after this event is to be heard. */
    void begin(RunId run, long after) {
        lock.lock();
        try {
            unheard.computeIfAbsent(run, missing -> new Stretches()).begin(after);
        } finally {
            lock.unlock();
        }
    }

    /** What comes after this event is heard elsewhere. */
    void end(RunId run, long upTo) {
        lock.lock();
        try {
            Stretches stretches = unheard.get(run);
            if (stretches != null) {
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
            if (!unheard.containsKey(event.run())) {
                return;
            }
            if (activities >= MAX_ACTIVITY || activityChars + chars(event) > MAX_ACTIVITY_CHARS) {
                dropped.run();
            } else {
                activities++;
                activityChars += chars(event);
                items.add(new Item(event.run(), event));
                more.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes once what is stored by now was taken. */
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

    /** Waits for the next item; null once closed and empty. */
    @Nullable Item next() throws InterruptedException {
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

    /** What is to be read of a run next, or null if nothing is. */
    @Nullable Stretch stretch(RunId run) {
        lock.lock();
        try {
            Stretches stretches = unheard.get(run);
            return stretches == null ? null : stretches.first();
        } finally {
            lock.unlock();
        }
    }

    void heard(RunId run, long seq) {
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
    void readThrough(RunId run, Stretch asRead) {
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

    /** Its events could not be read: they are asked for once more at the next poll. */
    void again(RunId run) {
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
        boolean toldOfAll = told.getAsBoolean() && polls % POLLS_IF_TOLD != 0;
        Set<RunId> due = toldOfAll ? unread : unheard.keySet();
        due.forEach(this::signal);
        unread.clear();
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

    /** A run with new events, or one event of its activity. */
    record Item(RunId run, @Nullable ActivityEvent activity) {}
}
