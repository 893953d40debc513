/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.Run;
import dev.ralph.event.StateEvent;
import dev.ralph.log.LogText;
import dev.ralph.samples.spring.access.Credential;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that hears one run. Nobody ever waits for it: whoever has something for it puts that into its queue, and
 * whoever finds nobody writing writes as much as the connection takes; the server calls when it takes more. A connection
 * that takes nothing for the server's write time-out is closed.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] HELLO = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HEARTBEAT = ": alive\n\n".getBytes(StandardCharsets.UTF_8);
    private static final int PAGE = 100;

    private final Run run;
    private final long after;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final EventJson json;
    private final Executor readers;
    private final Credential credential;
    private final Consumer<EventStream> onEnd;
    private final long begun = System.nanoTime();
    private final long lasts;
    private final StreamQueue queue;

    /** How often somebody wanted to write since the one who writes looked; 0 if nobody writes. */
    private final AtomicInteger wanted = new AtomicInteger();

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean checking = new AtomicBoolean();

    /** Not before the request's own thread is done with it. */
    private volatile boolean open;

    private volatile boolean closing;

    /** The server says that the connection is of no use any more. */
    private volatile boolean gone;

    private boolean unflushed;

    EventStream(
            Run run,
            long after,
            AsyncContext async,
            ServletOutputStream out,
            EventJson json,
            Executor readers,
            Credential credential,
            Duration lasts,
            Consumer<EventStream> onEnd) {
        this.run = run;
        this.after = after;
        this.async = async;
        this.out = out;
        this.json = json;
        this.readers = readers;
        this.credential = credential;
        this.lasts = lasts.toNanos();
        this.onEnd = onEnd;
        this.queue = new StreamQueue(after);
    }

    void start() {
        queue.comment(HELLO);
        async.addListener(this);
        out.setWriteListener(this);
    }

    Run run() {
        return run;
    }

    long after() {
        return after;
    }

    void state(StateEvent event, byte[] message) {
        queue.state(event, message);
        write();
    }

    void activity(byte[] message) {
        queue.activity(message);
        write();
    }

    /**
     * Shows that the stream is alive, finds out whether its client is, tries again to read what could not be read, and ends the
     * stream if it has lasted as long as it may.
     */
    void beat() {
        if (System.nanoTime() - begun >= lasts) {
            end();
            return;
        }
        queue.commentIfIdle(HEARTBEAT);
        write();
        check();
    }

    /** Ends the stream of a credential that has been revoked or has expired; on a thread that may wait for the database. */
    private void check() {
        if (ended.get() || !checking.compareAndSet(false, true)) {
            return;
        }
        try {
            readers.execute(() -> {
                try {
                    if (!credential.stillGood()) {
                        end();
                    }
                } finally {
                    checking.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    /** Ends the stream after what waits is written, as far as the connection takes it at once. */
    void end() {
        closing = true;
        write();
    }

    private void write() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            writeOnce();
            seen = wanted.addAndGet(-seen);
        } while (seen != 0);
    }

    /** On one thread at a time. */
    private void writeOnce() {
        if (ended.get()) {
            return;
        }
        if (gone) {
            finish();
            return;
        }
        if (!open) {
            return;
        }
        try {
            while (out.isReady()) {
                byte[] message = queue.poll();
                if (message != null) {
                    out.write(message);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    written();
                    return;
                }
            }
            if (closing) {
                finish();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Run {}: a follower is gone: {}", run.id(), LogText.line(e.getMessage()));
            finish();
        }
    }

    private void written() {
        if (closing || queue.finished()) {
            finish();
        } else if (queue.beginReading()) {
            try {
                readers.execute(this::read);
            } catch (RejectedExecutionException e) {
                finish();
            }
        }
    }

    private void read() {
        try {
            List<StateEvent> events = run.events(queue.last(), PAGE);
            queue.caughtUp(events, events.size() < PAGE, json::message);
        } catch (RuntimeException e) {
            queue.failed();
            LOG.warn("Run {}: events cannot be read now, trying again: {}", run.id(), LogText.line(e.getMessage()));
            return;
        }
        write();
    }

    /** On the thread that writes alone: the connection may be another request's as soon as this is complete. */
    private void finish() {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this);
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.debug("Run {}: a follower was gone already: {}", run.id(), LogText.line(e.getMessage()));
            }
        }
    }

    private void leave() {
        gone = true;
        write();
    }

    @Override
    public void onWritePossible() {
        open = true;
        write();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("Run {}: a follower is gone: {}", run.id(), LogText.line(failure.getMessage()));
        leave();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        leave();
    }

    @Override
    public void onError(AsyncEvent event) {
        leave();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
