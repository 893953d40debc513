/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Sees whether db-scheduler looks for due runs, which it does not tell: its polling thread asks the clock before and after each
 * look, takes a connection for it unless all slots are taken, and reports what went wrong. Thread-safe.
 */
final class PollWatch extends AbstractSchedulerListener {

    /** The name of the thread that polls. */
    static final String THREAD = "ralph-queue-poll";

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private long seen;
    private long answered;
    private boolean asked;
    private boolean failing;

    /** The look that is about to begin counts as one that was answered. */
    PollWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        seen = nanoTime.getAsLong();
        answered = seen;
    }

    /** What is known of the looks so far. */
    Looks looks() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            return new Looks(Duration.ofNanos(now - seen), Duration.ofNanos(now - answered), failing);
        } finally {
            lock.unlock();
        }
    }

    /** The clock, watched. */
    Clock watched(Clock clock) {
        return () -> {
            if (polls()) {
                passed();
            }
            return clock.now();
        };
    }

    /** The source, watched. */
    DataSource watched(DataSource source) {
        return new PlainDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = source.getConnection();
                if (polls()) {
                    asked();
                }
                return connection;
            }
        };
    }

    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        if (type == SchedulerEventType.UNEXPECTED_ERROR && polls()) {
            lock.lock();
            try {
                asked = false;
                failing = true;
            } finally {
                lock.unlock();
            }
        }
    }

    private void passed() {
        lock.lock();
        try {
            seen = nanoTime.getAsLong();
            if (asked) {
                asked = false;
                failing = false;
                answered = seen;
            }
        } finally {
            lock.unlock();
        }
    }

    private void asked() {
        lock.lock();
        try {
            asked = true;
        } finally {
            lock.unlock();
        }
    }

    private static boolean polls() {
        return Thread.currentThread().getName().equals(THREAD);
    }

    /**
     * What is known.
     *
     * @param sinceSeen since the polling thread did anything
     * @param sinceAnswered since the database last answered it; longer while all slots are taken
     * @param failing whether the last look failed
     */
    record Looks(Duration sinceSeen, Duration sinceAnswered, boolean failing) {}
}
