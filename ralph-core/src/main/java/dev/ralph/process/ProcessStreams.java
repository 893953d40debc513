/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Executor;

/** Both output streams of one process, from the first byte to the summary. */
final class ProcessStreams implements AutoCloseable {

    private final Process process;
    private final ListenerGuard listener;
    private final ActivityClock clock = new ActivityClock();
    private final StreamDrain stdout;
    private final StreamDrain stderr;

    ProcessStreams(
            Process process, StreamDrain.Preamble stderrPreamble, OutputLimits limits, ProcessListener listener) {
        this.process = process;
        this.listener = new ListenerGuard(listener);
        OutputBudget budget = new OutputBudget(limits.total());
        stdout = new StreamDrain(
                process.getInputStream(), OutputChannel.STDOUT, stream -> {}, limits, budget, this.listener, clock);
        stderr = new StreamDrain(
                process.getErrorStream(), OutputChannel.STDERR, stderrPreamble, limits, budget, this.listener, clock);
    }

    void startDraining(Executor threads) {
        threads.execute(stdout);
        threads.execute(stderr);
    }

    long lastActivityNanos() {
        return clock.lastNanos();
    }

    /**
     * Waits until both streams have ended; from then on the listener hears nothing.
     *
     * @param nanos how long at most
     * @param quietNanos how long at most once nothing comes any more; silence from before this call does not count
     */
    void awaitEnd(long nanos, long quietNanos) throws InterruptedException {
        long asked = System.nanoTime();
        for (StreamDrain drain : List.of(stdout, stderr)) {
            drain.awaitEnd(asked, asked + nanos, quietNanos);
        }
        listener.silence();
    }

    OutputSummary stdout() {
        return stdout.summary();
    }

    OutputSummary stderr() {
        return stderr.summary();
    }

    long listenerFailures() {
        return listener.failures();
    }

    /** Closes the pipes, also if somebody still holds their other end. */
    @Override
    public void close() {
        closeQuietly(process.getInputStream());
        closeQuietly(process.getErrorStream());
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // Broken already: closed as well.
        }
    }
}
