/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.log.LogText;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what changed, on a thread of its own: gathers what was committed and sends it together, soon after the
 * first of it but not too often. Sends a ping when there was nothing to tell for a while, which proves to this node that it
 * hears. Thread-safe.
 */
final class SignalSender implements AutoCloseable {

    /** {@code LISTEN} takes no parameter, so it is a constant. */
    static final String CHANNEL = "ralph_signals";

    static final Duration PING = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);

    /** Between two batches: a transaction that notifies holds up every other one that does. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Database database;
    private final UUID sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Set<RunId> commanded = new HashSet<>();
    private final Set<RunId> advanced = new HashSet<>();
    private final Thread thread;
    private boolean queued;
    private boolean pinging;
    private boolean started;
    private boolean closed;

    SignalSender(Database database, UUID sender) {
        this.database = database;
        this.sender = sender;
        thread = new Thread(this::send, "ralph-signals-out");
        thread.setDaemon(true);
    }

    void commanded(RunId run) {
        tell(() -> commanded.add(run));
    }

    void advanced(RunId run) {
        tell(() -> advanced.add(run));
    }

    void queued() {
        tell(() -> queued = true);
    }

    /** Sends something, if only that this node is there. */
    void ping() {
        tell(() -> pinging = true);
    }

    /** Sends what there is to tell first, but does not take long over it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Runnable note) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            note.run();
            if (!started) {
                started = true;
                thread.start();
            }
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        try {
            while (true) {
                SignalBatch batch = next();
                if (batch == null) {
                    return;
                }
                send(batch);
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What there is to tell, or null once it is closed and there is nothing more. */
    private @Nullable SignalBatch next() throws InterruptedException {
        lock.lock();
        try {
            long left = PING.toNanos();
            while (!closed && !pinging && !hasNews() && left > 0) {
                left = more.awaitNanos(left);
            }
            if (closed && !hasNews()) {
                return null;
            }
            SignalBatch batch = new SignalBatch(sender, commanded, advanced, queued);
            commanded.clear();
            advanced.clear();
            queued = false;
            pinging = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasNews() {
        return queued || !commanded.isEmpty() || !advanced.isEmpty();
    }

    /** What cannot be sent is lost: others find it by looking again. */
    private void send(SignalBatch batch) {
        List<String> texts = batch.encode();
        try {
            database.single(handle -> handle.createQuery("SELECT pg_notify(:channel, t) FROM unnest(:texts) AS t")
                    .bind("channel", CHANNEL)
                    .bindArray("texts", String.class, texts)
                    .map((row, context) -> 1)
                    .list());
        } catch (RuntimeException e) {
            // Nothing may end this thread: nobody would be told of anything any more.
            LOG.debug("Other nodes were not told of {} changes: {}", texts.size(), LogText.line(e.getMessage()));
        }
    }
}
