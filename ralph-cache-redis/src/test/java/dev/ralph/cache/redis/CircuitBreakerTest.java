/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.redis.CircuitBreaker.Attempt;
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
        assertThat(breaker.begin()).isNotNull();

        fail(1);

        assertThat(breaker.open()).isTrue();
        assertThat(breaker.begin()).isNull();
    }

    @Test
    void letsOneTryAfterAPauseAndClosesIfThatSucceeds() {
        fail(3);
        pass(Duration.ofSeconds(1));

        assertThat(breaker.begin()).isNotNull();
        assertThat(breaker.begin()).as("while that one tries").isNull();
        breaker.succeeded();

        assertThat(breaker.open()).isFalse();
        assertThat(breaker.begin()).isNotNull();
    }

    @Test
    void pausesLongerEachTimeUpToALimit() {
        fail(3);
        for (int seconds : new int[] {1, 2, 3, 3}) {
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(breaker.begin()).as("before %s s", seconds).isNull();
            pass(Duration.ofNanos(1));
            assertThat(breaker.begin()).as("after %s s", seconds).isEqualTo(Attempt.PROBE);
            breaker.failed(Attempt.PROBE);
        }
    }

    @Test
    void callsThatWereUnderWayWhenItOpenedDoNotLengthenThePause() {
        fail(13);

        pass(Duration.ofSeconds(1));

        assertThat(breaker.begin()).isEqualTo(Attempt.PROBE);
    }

    @Test
    void letsAnotherTryIfNobodyHearsOfTheFirst() {
        fail(3);
        pass(Duration.ofSeconds(1));
        breaker.begin();

        pass(Duration.ofSeconds(1));

        assertThat(breaker.begin()).isNotNull();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(Attempt.CALL);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
