/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseClockTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private final AtomicLong offset = new AtomicLong();
    private final Database database =
            new Database(() -> DATABASE.pool().getConnection(), Duration.ofSeconds(5), new AtomicBoolean());

    @Test
    void itTellsTheDatabasesTime() {
        DatabaseClock clock = new DatabaseClock(database, this::nanos);

        Instant before = databaseTime();
        Instant told = clock.now();
        Instant after = databaseTime();

        assertThat(told).isBetween(before.minusMillis(250), after.plusMillis(250));
    }

    @Test
    void itCountsOnByAMonotonicClockAndReadsNoOther() {
        DatabaseClock clock = new DatabaseClock(database, offset::get);
        Instant begin = clock.now();

        assertThat(clock.now()).as("no nanosecond has passed").isEqualTo(begin);
        offset.addAndGet(Duration.ofMinutes(5).toNanos());

        assertThat(clock.now()).isEqualTo(begin.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aStepOfEitherClockIsFollowedAndTold() {
        DatabaseClock clock = new DatabaseClock(database, this::nanos);
        assertThat(clock.synchronise()).as("nothing happened").isFalse();

        offset.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(clock.now()).isAfter(databaseTime().plus(Duration.ofMinutes(4)));
        offset.addAndGet(-Duration.ofMinutes(5).toNanos());
        offset.addAndGet(-Duration.ofMinutes(5).toNanos());

        assertThat(clock.synchronise()).isTrue();
        assertThat(clock.now())
                .isBetween(databaseTime().minusSeconds(1), databaseTime().plusSeconds(1));
    }

    @Test
    void aDatabaseThatDoesNotAnswerLeavesTheTimeAsItWasCounted() {
        AtomicBoolean closed = new AtomicBoolean();
        DatabaseClock clock = new DatabaseClock(
                new Database(() -> DATABASE.pool().getConnection(), Duration.ofSeconds(5), closed), this::nanos);
        closed.set(true);

        assertThat(clock.synchronise()).isFalse();
        assertThat(clock.now())
                .isBetween(databaseTime().minusSeconds(1), databaseTime().plusSeconds(1));
    }

    private long nanos() {
        return System.nanoTime() + offset.get();
    }

    private Instant databaseTime() {
        return database.read(handle -> handle.createQuery("SELECT clock_timestamp() AS now")
                .map((row, context) -> StoredTime.get(row, "now"))
                .one());
    }
}
