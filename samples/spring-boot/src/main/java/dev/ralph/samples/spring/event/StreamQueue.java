/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.event.StateEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one stream, bounded. State events go in by their numbers without a gap. If one does not fit, the
 * stream has fallen behind: the rest is read from the store once what waits is written. Activity that does not fit is
 * dropped. Thread-safe; does not block.
 */
final class StreamQueue {

    /** Half a thousand streams whose clients do not read take 64 MB. */
    private static final int MAX_BYTES = 128 * 1024;

    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int bytes;
    private long last;
    private long newest;
    private boolean behind = true;
    private boolean reading;
    private boolean ended;

    /** The first that is to be read is the one after this. */
    StreamQueue(long after) {
        this.last = after;
        this.newest = after;
    }

    /** A comment, or anything else that is not an event and always goes in. */
    synchronized void comment(byte[] message) {
        put(message);
    }

    /** A comment that is only needed if nothing else waits. */
    synchronized void commentIfIdle(byte[] message) {
        if (waiting.isEmpty()) {
            put(message);
        }
    }

    synchronized void state(StateEvent event, byte[] message) {
        newest = Math.max(newest, event.seq());
        if (!behind && event.seq() > last) {
            behind = event.seq() != last + 1 || !place(event, message);
        }
    }

    synchronized void activity(byte[] message) {
        if (!behind && fits(message)) {
            put(message);
        }
    }

    /** Whether the caller is to read what comes after {@link #last} now, and then say so by {@link #caughtUp} or {@link #failed}. */
    synchronized boolean beginReading() {
        boolean begin = behind && !reading && waiting.isEmpty();
        reading |= begin;
        return begin;
    }

    synchronized long last() {
        return last;
    }

    /**
     * What was read.
     *
     * @param whole whether that was all there is
     */
    synchronized void caughtUp(List<StateEvent> events, boolean whole, Function<StateEvent, byte[]> message) {
        reading = false;
        boolean all = true;
        for (StateEvent event : events) {
            all = all && (event.seq() <= last || place(event, message.apply(event)));
        }
        behind = !all || !whole || last < newest;
    }

    synchronized void failed() {
        reading = false;
    }

    /** The next message, or null if none waits. */
    synchronized byte @Nullable [] poll() {
        byte[] message = waiting.poll();
        if (message != null) {
            bytes -= message.length;
        }
        return message;
    }

    /** Whether everything was taken, and the run has ended. */
    synchronized boolean finished() {
        return ended && !behind && waiting.isEmpty();
    }

    private boolean place(StateEvent event, byte[] message) {
        if (!fits(message)) {
            return false;
        }
        put(message);
        last = event.seq();
        ended = event instanceof StateEvent.RunEnded;
        return true;
    }

    private boolean fits(byte[] message) {
        return waiting.isEmpty() || bytes + message.length <= MAX_BYTES;
    }

    private void put(byte[] message) {
        waiting.add(message);
        bytes += message.length;
    }
}
