/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.kagkarlsson.scheduler.Clock;
import dev.ralph.log.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time: what it said when it was asked last, plus what a monotonic clock has counted since. The clock of
 * this host is not read, so it may be wrong, or be set. Thread-safe.
 */
final class DatabaseClock implements Clock {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    /** An answer that took longer says too little about when it was given, unless there is no better one. */
    private static final Duration SLOW = Duration.ofMillis(250);

    /** Less is drift, which is corrected in silence. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Database database;
    private final LongSupplier nanoTime;
    private volatile Reading reading;

    /**
     * Asks the database for its time.
     *
     * @throws dev.ralph.StoreUnavailableException if it does not answer
     */
    DatabaseClock(Database database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.reading = read();
    }

    @Override
    public Instant now() {
        return reading.at(nanoTime.getAsLong());
    }

    /**
     * Asks the database again; keeps what it has if that fails, or takes long.
     *
     * @return whether the time made a step, so that whoever waits for a time should look again
     */
    boolean synchronise() {
        Reading fresh;
        try {
            fresh = read();
        } catch (RuntimeException e) {
            LOG.debug("The database's time is not known anew: {}", LogText.line(e.getMessage()));
            return false;
        }
        Duration off = Duration.between(now(), fresh.at(nanoTime.getAsLong())).abs();
        if (fresh.took.compareTo(SLOW) > 0 && off.compareTo(fresh.took) < 0) {
            return false;
        }
        reading = fresh;
        boolean step = off.compareTo(STEP) > 0;
        if (step) {
            LOG.warn("The database's time is {} away from what this node had counted; it counts on from there", off);
        }
        return step;
    }

    private Reading read() {
        long sent = nanoTime.getAsLong();
        Instant time = database.read(handle -> handle.createQuery("SELECT clock_timestamp() AS now")
                .map((row, context) -> StoredTime.get(row, "now"))
                .one());
        long took = nanoTime.getAsLong() - sent;
        return new Reading(time, sent + took / 2, Duration.ofNanos(took));
    }

    /** The database's time at a moment of the monotonic clock, known to half the time it took to learn it. */
    private record Reading(Instant time, long nanos, Duration took) {

        Instant at(long now) {
            return time.plusNanos(now - nanos);
        }
    }
}
