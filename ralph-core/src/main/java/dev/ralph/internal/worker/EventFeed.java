/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunListener;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * Tells followers what happens. State events are read from the store, so a follower gets each of them, in order, whichever
 * node wrote them; activity is passed on as it comes. Thread-safe.
 */
public final class EventFeed implements AutoCloseable {

    private final Store store;
    private final RunCodec codec;
    private final ThreadFactory threads;
    private final Duration poll;
    private final Set<EventPump> pumps = ConcurrentHashMap.newKeySet();

    /**
     * Makes a feed.
     *
     * @param threads each follower has one of its own
     * @param poll how often the store is asked for events it did not tell of
     */
    public EventFeed(Store store, RunCodec codec, ThreadFactory threads, Duration poll) {
        this.store = store;
        this.codec = codec;
        this.threads = threads;
        this.poll = poll;
    }

    /** Follows one run from an event on. */
    public Run.Subscription follow(RunId run, long seq, RunListener listener) {
        EventPump pump = EventPump.ofOne(store, codec, listener, poll, run, seq);
        return start(pump);
    }

    /** Follows every run this node works on, from its first event on. */
    public Run.Subscription followHere(RunListener listener) {
        return start(EventPump.ofAll(store, codec, listener, poll));
    }

    /** The store may have new events of this run. */
    void advanced(RunId run) {
        pumps.forEach(pump -> pump.advanced(run));
    }

    /** This node takes the run up. */
    void workingOn(RunId run) {
        pumps.forEach(pump -> pump.adopt(run));
    }

    void activity(ActivityEvent event) {
        pumps.forEach(pump -> pump.activity(event));
    }

    private Run.Subscription start(EventPump pump) {
        pumps.add(pump);
        Thread thread = threads.newThread(pump);
        thread.start();
        return () -> {
            pumps.remove(pump);
            pump.close();
        };
    }

    /** Lets every follower hear what is stored by now, then ends them. */
    @Override
    public void close() {
        pumps.forEach(EventPump::close);
        pumps.clear();
    }
}
