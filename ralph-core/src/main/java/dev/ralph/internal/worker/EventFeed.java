/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.OrchestratorClosedException;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunListener;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.monitor.WorkMonitors;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers what happens. State events are read from the store, so a follower gets each of them, in order, whichever
 * node wrote them; activity is passed on as it comes. Thread-safe.
 */
public final class EventFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    /** For listeners to hear the last events, and for awaiting threads to see the last state. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Looks at a run for something. */
    public interface Look {

        boolean sees();

        /** Whether the last look failed, so that another one is due soon although nothing changed. */
        boolean failed();
    }

    private final Store store;
    private final RunCodec codec;
    private final ThreadFactory threads;
    private final Duration poll;
    private final WorkMonitors monitors;
    private final Map<EventPump, Thread> pumps = new ConcurrentHashMap<>();
    private final Awaiters awaiters = new Awaiters();
    private volatile boolean closed;

    /**
     * Makes a feed.
     *
     * @param threads each follower has one of its own
     * @param poll how often the store is asked for events it does not tell of
     * @param monitors hear of signs of life, and of activity that a follower is too slow for
     */
    public EventFeed(Store store, RunCodec codec, ThreadFactory threads, Duration poll, WorkMonitors monitors) {
        this.store = store;
        this.codec = codec;
        this.threads = threads;
        this.poll = poll;
        this.monitors = monitors;
    }

    /**
     * Follows one run from an event on.
     *
     * @throws OrchestratorClosedException if the feed is closed
     */
    public Run.Subscription follow(RunId run, long seq, RunListener listener) {
        return start(EventPump.ofOne(store, codec, listener, poll, monitors, run, seq));
    }

    /** Follows every run while this node works on it. */
    public Run.Subscription followHere(RunListener listener) {
        return start(EventPump.ofAll(store, codec, listener, poll, monitors));
    }

    /**
     * Blocks until what is looked for is seen, looking again whenever the run may have changed and after a while in any case.
     *
     * @return whether it was seen; false if the time is over
     */
    public boolean await(RunId run, Look look, long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        try (Awaiters.Waiter waiter = awaiters.enter(run)) {
            while (!look.sees()) {
                long left = nanos - (System.nanoTime() - begin);
                if (left <= 0) {
                    return false;
                }
                waiter.await(Math.min(left, look.failed() ? poll.toNanos() : pollNanos()));
            }
            return true;
        }
    }

    /** The store may have new events of this run. */
    void advanced(RunId run) {
        pumps.keySet().forEach(pump -> pump.advanced(run));
        awaiters.changed(run);
    }

    /** Whatever there is to follow may have changed, and how often the store is to be asked too. */
    void missed() {
        pumps.keySet().forEach(EventPump::missed);
        awaiters.allChanged();
    }

    /** Even a store that tells of changes may not learn of each: a node may die between a change and the telling. */
    private long pollNanos() {
        return store.seesRemoteChanges() ? PendingEvents.POLLS_IF_TOLD * poll.toNanos() : poll.toNanos();
    }

    /**
     * This node takes the run up.
     *
     * @param after the last event that is heard elsewhere
     */
    void workingOn(RunId run, long after) {
        pumps.keySet().forEach(pump -> pump.adopt(run, after));
    }

    /**
     * This node leaves the run: to itself, to others, or because it has ended.
     *
     * @param upTo the last event this node may have written
     */
    void workedOn(RunId run, long upTo) {
        pumps.keySet().forEach(pump -> pump.leave(run, upTo));
    }

    void activity(ActivityEvent event) {
        monitors.heard(event.run());
        pumps.keySet().forEach(pump -> pump.activity(event));
    }

    private Run.Subscription start(EventPump pump) {
        if (closed) {
            throw new OrchestratorClosedException("this orchestrator is closed; follow the run from another one");
        }
        Thread thread = threads.newThread(pump);
        pumps.put(pump, thread);
        thread.start();
        return () -> {
            pumps.remove(pump);
            pump.cancel();
        };
    }

    /** Lets every follower hear what is stored by now, a slow one for two seconds at most, then ends them. */
    @Override
    public void close() {
        closed = true;
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        Map<EventPump, Thread> last = Map.copyOf(pumps);
        pumps.clear();
        last.keySet().forEach(EventPump::close);
        try {
            awaiters.dismiss(FAREWELL.toNanos());
            for (Thread thread : last.values()) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (thread != Thread.currentThread() && left > 0) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.forEach((pump, thread) -> {
            pump.cancel();
            if (thread.isAlive() && thread != Thread.currentThread()) {
                LOG.warn("A listener did not take its last events in {}", FAREWELL);
            }
        });
    }
}
