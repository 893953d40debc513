/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.ArtifactException;
import dev.ralph.OutputRecord;
import dev.ralph.internal.log.LogScope;
import dev.ralph.log.LogText;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an output in an artifact store. It is masked, compressed and written on a background thread, so that a store that
 * is slow or hangs takes no more from a run than the patience of its buffer, and a store that fails takes nothing.
 */
final class StoringRecorder implements OutputRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(StoringRecorder.class);

    private static final int CHUNK = 64 * 1024;

    private final ArtifactId id;
    private final Executor background;
    private final OutputBounds bounds;
    private final OutputBuffer buffer;
    private final OutputScribe scribe;
    private final CompletableFuture<Boolean> stored = new CompletableFuture<>();

    StoringRecorder(ArtifactStore store, ArtifactId id, Mask mask, Executor background, OutputBounds bounds) {
        this.id = id;
        this.background = background;
        this.bounds = bounds;
        this.buffer = new OutputBuffer(bounds.bytes(), bounds.heldUp());
        this.scribe = new OutputScribe(store, id, mask);
    }

    @Override
    public void printed(OutputChannel channel, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte[] chunk = new byte[Math.min(CHUNK, bytes.remaining())];
            bytes.get(chunk);
            start(buffer.add(new OutputEntry.Printed(channel, chunk)));
        }
    }

    @Override
    public OutputRecord finish() {
        start(buffer.end());
        boolean kept = isStored();
        long bytes = buffer.printed();
        if (bytes == 0) {
            return OutputRecord.NOTHING;
        }
        return kept ? OutputRecord.kept(id.name(), bytes, buffer.cut()) : OutputRecord.notKept(bytes);
    }

    @Override
    public void close() {
        if (!stored.isDone()) {
            start(buffer.abandon());
        }
    }

    private boolean isStored() {
        try {
            return stored.get(bounds.lastWrite().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            warn("the artifact store did not take the rest within " + bounds.lastWrite());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            warn("its thread was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("completed with true or false only", e);
        }
        start(buffer.abandon());
        return false;
    }

    private void start(boolean needed) {
        if (!needed) {
            return;
        }
        try {
            background.execute(LogScope.carried(this::write));
        } catch (RejectedExecutionException e) {
            failed("this node is closing");
            write();
        }
    }

    /** Runs on one thread at a time: the buffer sees to that. */
    private void write() {
        for (OutputEntry entry = buffer.next(); entry != null; entry = buffer.next()) {
            try {
                scribe.write(entry);
                if (entry instanceof OutputEntry.End) {
                    stored.complete(true);
                }
            } catch (ArtifactException e) {
                failed(e.getMessage());
            } catch (Throwable e) {
                // Its message may quote what was printed. Errors too: whoever waits for the end must hear of it.
                failed("writing it threw " + e.getClass().getName());
            }
        }
    }

    private void failed(String why) {
        warn(why);
        buffer.drop();
        closeScribe();
        stored.complete(false);
    }

    private void closeScribe() {
        try {
            scribe.close();
        } catch (RuntimeException e) {
            LOG.debug(
                    "Run {}: {} was not closed: {}",
                    id.run(),
                    id.name(),
                    e.getClass().getName());
        }
    }

    private void warn(String why) {
        LOG.warn("Run {}: the output of {} is not kept: {}", id.run(), id.name(), LogText.line(why));
    }
}
