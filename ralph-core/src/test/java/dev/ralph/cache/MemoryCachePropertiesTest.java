/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes between what, nothing is read that is older than the last change this process had seen by then. */
class MemoryCachePropertiesTest {

    private static final String KEY = "key";
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final List<Telling> TELLINGS = List.of(Telling.VERSION, Telling.NO_VERSION, Telling.EVERYTHING);

    /** How a change is told of. */
    enum Telling {
        VERSION {
            @Override
            void tell(MemoryCache<Long> cache, long version) {
                cache.invalidate(KEY, version);
            }
        },
        NO_VERSION {
            @Override
            void tell(MemoryCache<Long> cache, long version) {
                cache.evict(KEY);
            }
        },
        EVERYTHING {
            @Override
            void tell(MemoryCache<Long> cache, long version) {
                cache.evictAll();
            }
        },
        ANY {
            @Override
            void tell(MemoryCache<Long> cache, long version) {
                List<Telling> others = List.of(VERSION, NO_VERSION, EVERYTHING);
                others.get((int) (version % others.size())).tell(cache, version);
            }
        };

        abstract void tell(MemoryCache<Long> cache, long version);
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatRaceReadNothingOlderThanWhatTheyHaveSeen(Telling telling) throws Exception {
        MemoryCache<Long> cache = cache(System::nanoTime);
        AtomicLong source = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        CountDownLatch written = new CountDownLatch(1);
        Callable<Long> writing = () -> {
            for (int change = 0; change < 30_000; change++) {
                long version = source.incrementAndGet();
                telling.tell(cache, version);
                seen.set(version);
            }
            written.countDown();
            return 0L;
        };
        Callable<Long> reading = () -> {
            long tooOld = 0;
            while (written.getCount() > 0) {
                long before = seen.get();
                long read = read(cache, source);
                tooOld += read < before ? 1 : 0;
            }
            return tooOld;
        };

        assertThat(together(List.of(writing, reading, reading, reading)))
                .as("reads of what is too old, by thread")
                .containsOnly(0L);
        assertThat(read(cache, source)).isEqualTo(30_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadsThatAreHeldBackAnywhereBringNothingBack(boolean puts) throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            try (RandomSchedule schedule = new RandomSchedule(seed, puts)) {
                schedule.run(40);
            }
        }
    }

    private static MemoryCache<Long> cache(LongSupplier clock) {
        CacheRegion<Long> region = CacheRegion.<Long>local("numbers", number -> 8, TTL)
                .withJitter(0.5)
                .withStaleFor(TTL);
        SplittableRandom random = new SplittableRandom(7);
        return new MemoryCache<>(region, clock, random::nextDouble, new CacheCounters(clock));
    }

    private static long read(MemoryCache<Long> cache, AtomicLong source) {
        return cache.get(KEY, () -> {
                    long version = source.get();
                    return Loaded.of(version, version);
                })
                .found()
                .orElseThrow();
    }

    private static List<Long> together(List<Callable<Long>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Long> results = new ArrayList<>();
            for (Future<Long> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** One thread's random acts, between which loads of others begin, are held, and end. */
    private static final class RandomSchedule implements AutoCloseable {

        private final SplittableRandom random;
        private final boolean puts;
        private final String seed;
        private final AtomicLong nanos = new AtomicLong();
        private final MemoryCache<Long> cache = cache(nanos::get);
        private final ExecutorService loaders = Executors.newCachedThreadPool();
        private final List<Held> held = new ArrayList<>();
        private final List<Long> read = new ArrayList<>(List.of(0L));
        private long source;
        private boolean changedSinceALoadBegan;

        RandomSchedule(long seed, boolean puts) {
            this.seed = "seed " + seed;
            this.random = new SplittableRandom(seed);
            this.puts = puts;
        }

        void run(int acts) throws Exception {
            for (int act = 0; act < acts; act++) {
                switch (random.nextInt(puts ? 6 : 5)) {
                    case 0 -> begin();
                    case 1 -> end();
                    case 2 -> change();
                    case 3 -> nanos.addAndGet(random.nextLong(puts ? TTL.toNanos() / acts : TTL.toNanos()));
                    case 4 -> ask();
                    default -> putLate();
                }
                cache.get(KEY).ifPresent(kept -> requireNewest(kept.version()));
            }
            while (!held.isEmpty()) {
                end();
            }
            ask();
        }

        /** A load that would join another one would be held with it, so none begins then. */
        private boolean anotherLoadWouldBegin() {
            return cache.get(KEY).isEmpty() && (held.isEmpty() || changedSinceALoadBegan);
        }

        private void begin() throws Exception {
            if (anotherLoadWouldBegin()) {
                Held load = new Held(source);
                read.add(source);
                loaders.execute(() -> load.answer.complete(cache.get(KEY, load::hold)));
                assertThat(load.begun.await(20, TimeUnit.SECONDS)).isTrue();
                held.add(load);
                changedSinceALoadBegan = false;
            }
        }

        private void end() throws Exception {
            if (!held.isEmpty()) {
                Held load = held.remove(random.nextInt(held.size()));
                load.go.countDown();
                load.answer.get(20, TimeUnit.SECONDS);
            }
        }

        private void change() {
            source++;
            // Without a version, a put that comes late cannot be told from one that does not.
            (puts ? Telling.VERSION : TELLINGS.get(random.nextInt(TELLINGS.size()))).tell(cache, source);
            changedSinceALoadBegan = true;
        }

        private void ask() {
            if (cache.get(KEY).isPresent() || anotherLoadWouldBegin()) {
                requireNewest(cache.get(KEY, () -> Loaded.of(source, source)).version());
            }
        }

        private void putLate() {
            long late = read.get(random.nextInt(read.size()));
            cache.put(KEY, Loaded.of(late, late), TTL);
        }

        /** Every change is told of at once, so that what is answered is the newest there is. */
        private void requireNewest(long version) {
            assertThat(version).as(seed).isEqualTo(source);
        }

        @Override
        public void close() {
            held.forEach(load -> load.go.countDown());
            loaders.shutdownNow();
        }
    }

    /** A load that has read its value, and returns it when it is let go. */
    private static final class Held {

        private final long value;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final CompletableFuture<Cached<Long>> answer = new CompletableFuture<>();

        Held(long value) {
            this.value = value;
        }

        Loaded<Long> hold() {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Loaded.of(value, value);
        }
    }
}
