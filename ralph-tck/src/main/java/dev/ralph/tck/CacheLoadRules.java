/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static dev.ralph.tck.CacheBench.KEY;
import static dev.ralph.tck.CacheBench.NOT_CALLED;
import static dev.ralph.tck.CacheBench.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Loaded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One load of a key at a time, and what is loaded is kept. */
interface CacheLoadRules extends CacheRules {

    @Test
    default void whatWasLoadedIsAnsweredWithoutLoading() {
        Cache<String> cache = bench().region();

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.get(KEY, finding("a", 3)).found()).contains("a");

        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("a");
        assertThat(cache.get(KEY)).hasValueSatisfying(cached -> {
            assertThat(cached.value()).isEqualTo("a");
            assertThat(cached.version()).isEqualTo(3);
            assertThat(cached.stale()).isFalse();
        });
        assertThat(cache.get("another")).isEmpty();
    }

    @Test
    default void aHundredThreadsLoadAKeyOnce() throws Exception {
        Cache<String> cache = bench().region();
        AtomicInteger loads = new AtomicInteger();

        List<String> answers = Together.run(
                100,
                thread -> cache.get(KEY, () -> {
                            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                            return Loaded.of("value " + loads.incrementAndGet());
                        })
                        .found()
                        .orElseThrow());

        assertThat(loads).hasValue(1);
        assertThat(answers).hasSize(100).containsOnly("value 1");
    }

    @Test
    default void keysAreLoadedSideBySide() throws Exception {
        Cache<String> cache = bench().region();
        CountDownLatch both = new CountDownLatch(2);

        List<String> answers = Together.run(
                2,
                thread -> cache.get("key " + thread, () -> {
                            both.countDown();
                            try {
                                return Loaded.of(both.await(5, TimeUnit.SECONDS) ? "side by side" : "one by one");
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .found()
                        .orElseThrow());

        assertThat(answers).containsOnly("side by side");
    }

    @Test
    default void theLoadersExceptionGoesToAllWhoWaitAndIsNotKept() throws Exception {
        Cache<String> cache = bench().region();
        AtomicInteger loads = new AtomicInteger();
        IllegalArgumentException failure = new IllegalArgumentException("broken");
        CountDownLatch asked = new CountDownLatch(8);

        List<Throwable> thrown = Together.run(8, thread -> {
            asked.countDown();
            return catchThrowable(() -> cache.get(KEY, () -> {
                awaitThenPause(asked);
                loads.incrementAndGet();
                throw failure;
            }));
        });

        assertThat(thrown).containsOnly(failure);
        assertThat(loads).as("loads of eight that asked at once").hasValueLessThan(8);
        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.get(KEY, finding("whole", 1)).found()).contains("whole");
    }

    @Test
    default void aLoadThatIsInterruptedFailsForNobodyElse() throws Exception {
        Cache<String> cache = bench().region();
        CountDownLatch loading = new CountDownLatch(1);
        FutureTask<Throwable> givenUp = new FutureTask<>(() -> catchThrowable(() -> cache.get(KEY, () -> {
            loading.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("given up", e);
            }
            return Loaded.of("never", 1);
        })));
        Thread loader = new Thread(givenUp);
        loader.start();
        assertThat(loading.await(20, TimeUnit.SECONDS)).isTrue();
        FutureTask<@Nullable String> asked =
                new FutureTask<>(() -> cache.get(KEY, finding("mine", 1)).value());
        Thread waiter = new Thread(asked);
        waiter.start();
        awaitThatItWaits(waiter);

        loader.interrupt();

        assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo("mine");
        assertThat(givenUp.get(20, TimeUnit.SECONDS)).hasMessage("given up");
    }

    private static void awaitThatItWaits(Thread thread) {
        long begun = System.nanoTime();
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            if (System.nanoTime() - begun > Duration.ofSeconds(20).toNanos()) {
                throw new AssertionError("it neither waits nor ends");
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private static void awaitThenPause(CountDownLatch asked) {
        try {
            if (!asked.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("not all have asked");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        // Those who have counted down are about to ask.
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    @Test
    default void whatDoesNotExistIsKeptToo() {
        Cache<String> cache = bench().region();

        assertThat(cache.get(KEY, Loaded::none).found()).isEmpty();

        assertThat(cache.get(KEY, NOT_CALLED).found()).isEmpty();
        assertThat(cache.get(KEY)).isPresent();
    }

    @Test
    default void aLoaderThatAsksForItsOwnKeyIsToldSo() {
        Cache<String> cache = bench().region();
        Supplier<Loaded<String>> itself =
                () -> Loaded.of(cache.get(KEY, finding("inner", 1)).found().orElseThrow());

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> cache.get(KEY, itself));
        assertThat(cache.get(KEY, finding("after", 1)).found()).contains("after");
    }

    @Test
    default void whatIsPutIsAnswered() {
        Cache<String> cache = bench().region();

        cache.put(KEY, Loaded.of("put", 2), bench().ttl());

        assertThat(cache.get(KEY, NOT_CALLED).found()).contains("put");
    }

    @Test
    default void regionsKeepApart() {
        Cache<String> one = bench().region();
        Cache<String> other = bench().region();
        one.get(KEY, finding("one", 1));

        assertThat(other.get(KEY)).isEmpty();
        other.get(KEY, finding("other", 1));
        other.evictAll();

        assertThat(one.get(KEY, NOT_CALLED).found()).contains("one");
    }

    @Test
    default void aRegionIsOneByItsDefinition() {
        CacheRegion<String> definition = bench().definition();
        Cache<String> cache = bench().caches().region(definition);
        cache.get(KEY, finding("a", 1));

        assertThat(bench().caches().region(definition).get(KEY)).isPresent();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> bench().caches().region(definition.withJitter(0.1)));
    }

    @Test
    default void itCountsWhatHappens() {
        CacheRegion<String> definition = bench().definition();
        Cache<String> cache = bench().caches().region(definition);
        cache.get(KEY, finding("a", 1));
        cache.get(KEY, NOT_CALLED);
        cache.get(KEY, NOT_CALLED);
        Throwable thrown = catchThrowable(() -> cache.get("broken", () -> {
            throw new IllegalArgumentException("broken");
        }));
        cache.invalidate(KEY, 2);
        cache.evictAll();

        CacheFigures figures = cache.figures();
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
        assertThat(figures.hits()).isEqualTo(2);
        assertThat(figures.misses()).isEqualTo(2);
        assertThat(figures.loads()).isEqualTo(2);
        assertThat(figures.loadFailures()).isEqualTo(1);
        assertThat(figures.invalidations()).isEqualTo(1);
        assertThat(figures.generations()).isEqualTo(1);
        assertThat(figures.entries()).isZero();
        assertThat(bench().caches().figures()).containsKey(definition.name());
    }

    @Test
    default void closedCachesLoadAndKeepNothing() {
        Cache<String> cache = bench().region();
        cache.get(KEY, finding("before", 1));

        bench().caches().close();
        bench().caches().close();

        assertThat(cache.get(KEY, finding("after", 1)).found()).contains("after");
        assertThat(cache.get(KEY, finding("again", 1)).found()).contains("again");
        cache.invalidate(KEY);
        cache.evictAll();
    }
}
