/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static dev.ralph.tck.DispatcherBench.BOUND;
import static dev.ralph.tck.DispatcherBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.StintEnd;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a dispatcher comes to an end. */
interface DrainRules extends DispatcherRules {

    @Test
    default void drainWaitsForStintsAtWorkAndStartsNoMore() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger stints = new AtomicInteger();
        AtomicBoolean finished = new AtomicBoolean();
        var node = dispatching().node(1, run -> {
            stints.incrementAndGet();
            started.countDown();
            await(go);
            finished.set(true);
            return new StintEnd.HandedBack();
        });
        node.submit();
        node.submit();
        await(started);

        assertThat(node.dispatcher().drain(Duration.ofMillis(20))).isFalse();
        assertThat(finished).isFalse();
        go.countDown();

        assertThat(node.dispatcher().drain(BOUND)).isTrue();
        assertThat(finished).isTrue();
        assertThat(stints).hasValue(1);
    }

    @Test
    default void anIdleDispatcherIsDrainedAtOnce() throws Exception {
        var node = dispatching().node(4, run -> new StintEnd.Over());

        assertThat(node.dispatcher().drain(BOUND)).isTrue();
        assertThat(node.dispatcher().drain(Duration.ZERO)).as("again").isTrue();
    }

    @Test
    default void closingDoesNotWaitForAStintThatDoesNotEnd() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        var node = dispatching().node(1, run -> {
            started.countDown();
            await(go);
            return new StintEnd.HandedBack();
        });
        node.submit();
        await(started);
        assertThat(node.dispatcher().drain(Duration.ofMillis(20))).isFalse();

        node.dispatcher().close();

        go.countDown();
    }
}
