/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final CircuitBreaker breaker =
            new CircuitBreaker(3, Duration.ofSeconds(1), Duration.ofSeconds(3), nanos::get);

    @Test
    void opensAfterFailuresInARowOnly() {
        fail(2);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.permits()).isTrue();

        fail(1);

        assertThat(breaker.open()).isTrue();
        assertThat(breaker.permits()).isFalse();
    }

    @Test
    void letsOneTryAfterAPauseAndClosesIfThatSucceeds() {
        fail(3);
        pass(Duration.ofSeconds(1));

        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.permits()).as("while that one tries").isFalse();
        breaker.succeeded();

        assertThat(breaker.open()).isFalse();
        assertThat(breaker.permits()).isTrue();
    }

    @Test
    void pausesLongerEachTimeUpToALimit() {
        fail(3);
        for (int seconds : new int[] {1, 2, 3, 3}) {
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(breaker.permits()).as("before %s s", seconds).isFalse();
            pass(Duration.ofNanos(1));
            assertThat(breaker.permits()).as("after %s s", seconds).isTrue();
            fail(1);
        }
    }

    @Test
    void letsAnotherTryIfNobodyHearsOfTheFirst() {
        fail(3);
        pass(Duration.ofSeconds(1));
        breaker.permits();

        pass(Duration.ofSeconds(1));

        assertThat(breaker.permits()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
