/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamDrainTest {

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LateStream stream = new LateStream("last words\n");
    private final StreamDrain drain = new StreamDrain(
            stream,
            OutputChannel.STDOUT,
            input -> {},
            OutputLimits.DEFAULT,
            new OutputBudget(Long.MAX_VALUE),
            new ListenerGuard(ProcessListener.none()),
            new ActivityClock());

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void silenceBeforeTheEndIsAskedForDoesNotCount() throws Exception {
        threads.execute(drain);
        stream.asked.await();
        await().during(QUIET).atMost(LONG).until(() -> stream.says.getCount() == 1);

        FutureTask<Void> waiting = new FutureTask<>(() -> {
            long now = System.nanoTime();
            drain.awaitEnd(now, now + LONG.toNanos(), QUIET.toNanos());
            return null;
        });
        Thread asks = new Thread(waiting);
        asks.start();
        await().until(() -> asks.getState() == Thread.State.TIMED_WAITING || waiting.isDone());
        stream.says.countDown();
        waiting.get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(drain.summary().head()).isEqualTo("last words\n");
        assertThat(drain.summary().cut()).isFalse();
    }

    @Test
    void silenceOnceTheEndIsAskedForIsNotWaitedOutForLong() throws Exception {
        threads.execute(drain);
        stream.asked.await();
        long before = System.nanoTime();

        drain.awaitEnd(before, before + LONG.toNanos(), SHORT.toNanos());

        ContainmentContract.assertWithin(before, SHORT, LONG);
        assertThat(drain.summary().cut()).isTrue();
    }

    /** Has nothing to read until it may say what it has to say, and then ends. */
    private static final class LateStream extends InputStream {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch says = new CountDownLatch(1);
        private final byte[] words;
        private boolean said;

        LateStream(String words) {
            this.words = words.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read in chunks");
        }

        @Override
        public int read(byte[] chunk, int offset, int length) throws IOException {
            asked.countDown();
            try {
                says.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            if (said) {
                return -1;
            }
            said = true;
            System.arraycopy(words, 0, chunk, offset, words.length);
            return words.length;
        }
    }
}
