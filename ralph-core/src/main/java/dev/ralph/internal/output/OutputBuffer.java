/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was printed and is not written yet, in bounded memory. Whoever prints is held up while there is no room, until it
 * has waited for as long as it may in all. From then on, or once as much was taken as may be kept, only the latest is
 * remembered, and written at the end. Thread-safe; there is one writer at a time.
 */
final class OutputBuffer {

    /** Bytes of the end that are kept of what is too much. */
    static final int TAIL = 64 * 1024;

    private static final int ROOM = 4 << 20;

    /** What an entry takes beside its bytes: agents may print byte by byte. */
    private static final int ENTRY_COST = 64;

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomMade = lock.newCondition();
    private final Deque<OutputEntry> queue = new ArrayDeque<>();
    private final Deque<OutputEntry.Printed> tail = new ArrayDeque<>();
    private long patience;
    private long queued;
    private long tailBytes;
    private long tailCost;
    private long printed;
    private long taken;
    private boolean tailOnly;
    private boolean cut;
    private boolean closed;
    private boolean beingWritten;

    /**
     * Makes an empty one.
     *
     * @param limit how many bytes are taken, beside the tail
     * @param patience how long whoever prints may be held up, in all
     */
    OutputBuffer(long limit, Duration patience) {
        this.limit = limit;
        this.patience = patience.toNanos();
    }

    /**
     * Takes bytes that were printed.
     *
     * @return whether a writer has to be started, which calls {@link #next} until there is nothing more
     */
    boolean add(OutputEntry.Printed entry) {
        lock.lock();
        try {
            take(entry);
            return startWriting();
        } finally {
            lock.unlock();
        }
    }

    /** No more will be printed. Returns as {@link #add} does. */
    boolean end() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                long missing = printed - taken - tailBytes;
                if (missing > 0) {
                    cut = true;
                    queue.add(new OutputEntry.Missing(missing));
                }
                queue.addAll(tail);
                tail.clear();
                queue.add(new OutputEntry.End());
            }
            return startWriting();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants what was not written, or any of it. Returns as {@link #add} does. */
    boolean abandon() {
        lock.lock();
        try {
            clear();
            queue.add(new OutputEntry.Abandoned());
            return startWriting();
        } finally {
            lock.unlock();
        }
    }

    /** It cannot be written: from here on, bytes are only counted. */
    void drop() {
        lock.lock();
        try {
            clear();
        } finally {
            lock.unlock();
        }
    }

    /** The next to be written; null if there is nothing now, and the writer must stop until it is started again. */
    @Nullable OutputEntry next() {
        lock.lock();
        try {
            OutputEntry next = queue.poll();
            beingWritten = next != null;
            if (next instanceof OutputEntry.Printed entry) {
                queued -= cost(entry);
                roomMade.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes were printed. */
    long printed() {
        lock.lock();
        try {
            return printed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether some of them are not written. */
    boolean cut() {
        lock.lock();
        try {
            return cut;
        } finally {
            lock.unlock();
        }
    }

    private void take(OutputEntry.Printed entry) {
        int count = entry.bytes().length;
        printed += count;
        boolean fits = !closed && !tailOnly && taken + count <= limit && roomFor(entry);
        if (closed) {
            return;
        }
        // It may have been closed, or have come to its limit, while this waited for room.
        if (fits && !tailOnly && taken + count <= limit) {
            queue.add(entry);
            queued += cost(entry);
            taken += count;
        } else {
            tailOnly = true;
            keepTail(entry);
        }
    }

    private boolean roomFor(OutputEntry.Printed entry) {
        while (queued > 0 && queued + cost(entry) > ROOM && !closed && !tailOnly) {
            if (patience <= 0) {
                return false;
            }
            long begin = System.nanoTime();
            try {
                roomMade.await(patience, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                patience -= System.nanoTime() - begin;
            }
        }
        return true;
    }

    private void keepTail(OutputEntry.Printed entry) {
        tail.add(entry);
        tailBytes += entry.bytes().length;
        tailCost += cost(entry);
        // More than the tail at most by an entry, and never by the cost of many small ones.
        while (tailBytes - tail.element().bytes().length >= TAIL || tailCost > ROOM) {
            OutputEntry.Printed oldest = tail.remove();
            tailBytes -= oldest.bytes().length;
            tailCost -= cost(oldest);
        }
    }

    private boolean startWriting() {
        boolean start = !beingWritten && !queue.isEmpty();
        beingWritten |= start;
        return start;
    }

    private void clear() {
        closed = true;
        queue.clear();
        queued = 0;
        tail.clear();
        roomMade.signalAll();
    }

    private static int cost(OutputEntry.Printed entry) {
        return entry.bytes().length + ENTRY_COST;
    }
}
