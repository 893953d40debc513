/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between the threads that must go on draining and a listener that may throw. Thread-safe. */
final class ListenerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerGuard.class);

    private final ProcessListener listener;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean silenced;

    ListenerGuard(ProcessListener listener) {
        this.listener = listener;
    }

    void line(OutputChannel channel, String line, boolean cut) {
        guarded(() -> listener.line(channel, line, cut));
    }

    void activity() {
        guarded(listener::activity);
    }

    void printed(OutputChannel channel, byte[] bytes, int count) {
        guarded(() -> listener.printed(
                channel, ByteBuffer.wrap(bytes, 0, count).slice().asReadOnlyBuffer()));
    }

    /** The process is over: nothing is passed on from here. */
    void silence() {
        silenced = true;
    }

    long failures() {
        return failures.get();
    }

    /** Whatever it throws, errors included: an undrained pipe would hang the process. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void guarded(Runnable call) {
        if (silenced) {
            return;
        }
        try {
            call.run();
        } catch (Throwable failure) {
            if (failures.incrementAndGet() == 1) {
                // Its message may quote the output, so only its type is logged.
                LOG.warn(
                        "Listener {} threw {}; the output is read on. Further failures are only counted.",
                        listener.getClass().getName(),
                        failure.getClass().getName());
            }
        }
    }
}
