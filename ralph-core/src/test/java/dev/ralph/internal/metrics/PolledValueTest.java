/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolledValueTest {

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final AtomicLong now = new AtomicLong(-5);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    @Test
    void itIsAskedForWhenItIsReadAndThenNotForFiveSeconds() {
        PolledValue<Integer> value = new PolledValue<>(asked::incrementAndGet, Runnable::run, now::get);
        assertThat(asked).hasValue(0);

        assertThat(value.get()).contains(1);
        now.addAndGet(PolledValue.PERIOD.toNanos() - 1);
        assertThat(value.get()).contains(1);
        now.addAndGet(1);
        assertThat(value.get()).contains(2);
    }

    @Test
    void aSourceThatHangsIsAskedOnceAndReadersGetTheLastAnswerUntilItIsTooOld() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        PolledValue<Integer> value = new PolledValue<>(
                () -> {
                    int time = asked.incrementAndGet();
                    if (time > 1) {
                        hang(go);
                    }
                    return time;
                },
                background,
                now::get);
        await().until(() -> value.get().isPresent());
        now.addAndGet(PolledValue.PERIOD.toNanos());

        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            read.add(value.get().orElseThrow());
        }

        assertThat(read).containsOnly(1);
        await().until(() -> asked.get() == 2);
        now.addAndGet(PolledValue.LONGEST.toNanos());
        assertThat(value.get()).isEmpty();
        assertThat(asked).hasValue(2);
        go.countDown();
        await().until(() -> value.get().isPresent());
    }

    @Test
    void aSourceThatFailsIsAskedAgainLater() {
        PolledValue<Integer> value = new PolledValue<>(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    return 7;
                },
                Runnable::run,
                now::get);

        assertThat(value.get()).isEmpty();
        now.addAndGet(PolledValue.PERIOD.toNanos());
        assertThat(value.get()).contains(7);
    }

    @Test
    void nothingIsKnownOnceTheBackgroundTakesNoWork() {
        PolledValue<Integer> value = new PolledValue<>(
                asked::incrementAndGet,
                task -> {
                    throw new RejectedExecutionException("closing");
                },
                now::get);

        assertThat(value.get()).isEmpty();
        assertThat(asked).hasValue(0);
    }

    private static void hang(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
