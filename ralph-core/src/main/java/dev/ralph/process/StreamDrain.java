/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.log.LogText;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one stream of a process to its end, passing on what its limits allow. Runs on a thread of its own. */
final class StreamDrain implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamDrain.class);
    private static final int CHUNK = 64 * 1024;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final InputStream stream;
    private final OutputChannel channel;
    private final Preamble preamble;
    private final OutputBudget budget;
    private final ListenerGuard listener;
    private final ActivityClock clock;
    private final OutputCapture capture = new OutputCapture();
    private final LineSplitter lines;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean reading;
    private volatile long readingSince = System.nanoTime();
    private long remaining;
    private boolean cutOff;

    /** Reads what is not the command's output off the beginning of a stream. */
    interface Preamble {
        void read(InputStream stream) throws IOException;
    }

    StreamDrain(
            InputStream stream,
            OutputChannel channel,
            Preamble preamble,
            OutputLimits limits,
            OutputBudget budget,
            ListenerGuard listener,
            ActivityClock clock) {
        this.stream = stream;
        this.channel = channel;
        this.preamble = preamble;
        this.budget = budget;
        this.listener = listener;
        this.clock = clock;
        this.remaining = limits.perStream();
        this.lines = new LineSplitter(limits.perLine(), this::emit);
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        try {
            drain(chunk);
        } catch (OutOfMemoryError error) {
            LOG.error("The output of a process is dropped from here on: {}", LogText.line(error.getMessage()));
            capture.markCut();
            discard(chunk);
        } catch (IOException closed) {
            // The pipe was closed because the process is over and something still held it open.
            capture.markCut();
        } finally {
            ended.countDown();
        }
    }

    private void drain(byte[] chunk) throws IOException {
        preamble.read(stream);
        int count = read(chunk);
        while (count >= 0) {
            consume(chunk, count);
            // Last, since it may take its time: the lines may hold the result.
            listener.printed(channel, chunk, count);
            count = read(chunk);
        }
        if (!cutOff) {
            lines.end(false);
        }
    }

    /** Reads the rest without keeping it: a pipe that nobody reads would hang the process. */
    private void discard(byte[] chunk) {
        try {
            for (int count = read(chunk); count >= 0; count = read(chunk)) {
                clock.touch();
                listener.printed(channel, chunk, count);
            }
        } catch (IOException closed) {
            LOG.debug("The pipe was closed: {}", LogText.line(closed.getMessage()));
        }
    }

    /**
     * Waits for the end of the stream, and flags a cut if it does not come.
     *
     * @param asked since when silence counts, on the scale of {@link System#nanoTime}: before, the process may have been
     *     at work, and its last words may still be on their way
     * @param deadline how long at most, on the same scale
     * @param quietNanos how long at most while there is nothing to read
     */
    void awaitEnd(long asked, long deadline, long quietNanos) throws InterruptedException {
        while (!ended.await(Math.min(deadline - System.nanoTime(), LOOK_NANOS), TimeUnit.NANOSECONDS)) {
            long now = System.nanoTime();
            if (now - deadline >= 0 || (reading && now - later(asked, readingSince) >= quietNanos)) {
                capture.markCut();
                return;
            }
        }
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    OutputSummary summary() {
        return capture.summary();
    }

    private int read(byte[] chunk) throws IOException {
        readingSince = System.nanoTime();
        reading = true;
        int count = stream.read(chunk);
        reading = false;
        return count;
    }

    private void consume(byte[] chunk, int count) {
        clock.touch();
        listener.activity();
        capture.add(chunk, count);
        if (cutOff) {
            return;
        }
        int allowed = budget.take((int) Math.min(count, remaining));
        remaining -= allowed;
        lines.accept(chunk, allowed);
        if (allowed < count) {
            cutOff = true;
            capture.markCut();
            lines.end(true);
        }
    }

    private void emit(String line, boolean cut) {
        capture.countLine(cut);
        listener.line(channel, line, cut);
    }
}
