/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Deadline deadline = new Deadline(timer);

    @AfterEach
    void stop() {
        Thread.interrupted();
        timer.shutdownNow();
    }

    @Test
    void whoeverTakesTooLongIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        boolean interrupted = false;

        deadline.begin();
        deadline.in(Duration.ofMillis(10));
        try {
            never.await();
        } catch (InterruptedException e) {
            interrupted = true;
        }

        assertThat(interrupted).isTrue();
    }

    @Test
    void anInterruptEndsWithItsTask() {
        deadline.begin();
        deadline.pass();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        deadline.end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatComesAfterTheTaskOnItsThreadIsNotInterrupted() {
        deadline.begin();
        deadline.end();

        deadline.pass();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aTaskThatBeginsTooLateIsInterruptedFromItsBeginning() {
        deadline.pass();

        deadline.begin();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void onlyTheLastTimeGivenCounts() throws Exception {
        deadline.begin();
        deadline.in(Duration.ofMillis(50));
        deadline.in(Duration.ofHours(1));
        CountDownLatch later = new CountDownLatch(1);
        timer.execute(later::countDown);
        later.await();

        assertThat(timer.getQueue())
                .filteredOn(task -> !((Future<?>) task).isCancelled())
                .hasSize(1);
        deadline.end();
        assertThat(timer.getQueue()).allMatch(task -> ((Future<?>) task).isCancelled());
    }
}
