/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads for requests, arranged so that nobody keeps one of them from whoever comes next. A request has
 * little time from when it is handed over, which is enough to be read, and less while others wait; one that takes longer to be
 * answered says so first, and only half of the threads are for those, and a few for metrics. To be cut off is to be interrupted, which closes a
 * request's connection. Thread-safe.
 */
public final class EndpointThreads implements Executor, AutoCloseable {

    static final int THREADS = 16;
    static final int WAITING = 64;

    /** What may be answered slowly at once. */
    static final int SLOW = THREADS / 2;

    /** How often metrics may be gathered at once, beside what is slow. */
    static final int GATHERING = 2;

    /** How long a request may keep a thread from others before it has arrived whole: all that wait have their turn in time. */
    private static final Duration CROWDED = Duration.ofMillis(50);

    private final Duration shortly;
    private final Duration longest;
    private final ThreadPoolExecutor requests;
    private final ScheduledThreadPoolExecutor timer;
    private final Semaphore slow = new Semaphore(SLOW);
    private final Semaphore gathering = new Semaphore(GATHERING);
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Map<Thread, Request> serving = new ConcurrentHashMap<>();

    /**
     * Starts no thread yet.
     *
     * @param shortly how long a request may take to arrive whole, and again to be written
     * @param longest how long it may take to be answered
     */
    public EndpointThreads(Duration shortly, Duration longest) {
        this.shortly = shortly;
        this.longest = longest;
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "ralph-health-endpoint");
            thread.setDaemon(true);
            return thread;
        };
        requests = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                daemons,
                (task, pool) -> replaceOldest(task));
        requests.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, daemons);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable request) {
        Request handed = new Request(request);
        try {
            handed.deadline.in(shortly);
            requests.execute(handed);
            watchCrowd();
        } catch (RejectedExecutionException e) {
            handed.refuse();
        }
    }

    /** Lets what is being answered on the current thread take long, unless too many others do already. */
    public boolean mayTakeLong() {
        return mayTakeLong(slow);
    }

    /**
     * Lets metrics be gathered on the current thread, unless that is done too often at once. Not one of what is slow: metrics
     * that hang keep nobody from a report.
     */
    public boolean mayGather() {
        return mayTakeLong(gathering);
    }

    private boolean mayTakeLong(Semaphore places) {
        Request request = serving.get(Thread.currentThread());
        return request != null && request.slowDown(places);
    }

    /** Lets what is being answered on the current thread take long, however many others do. */
    public void takesLong() {
        Request request = serving.get(Thread.currentThread());
        if (request != null) {
            request.patiently();
        }
    }

    /** What is being answered on the current thread only has to be written now. */
    public void answered() {
        Request request = serving.get(Thread.currentThread());
        if (request != null) {
            request.hurry();
        }
    }

    @Override
    public void close() {
        requests.shutdownNow().forEach(waiting -> ((Request) waiting).refuse());
        timer.shutdownNow();
    }

    private void watchCrowd() {
        if (!requests.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            Future<?> unused = timer.schedule(this::makeRoom, CROWDED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void makeRoom() {
        watching.set(false);
        if (!requests.getQueue().isEmpty()) {
            serving.values().forEach(Request::makeRoom);
            watchCrowd();
        }
    }

    /** Of what waits, the oldest goes: whoever came last is the one most likely to be there still. */
    private void replaceOldest(Runnable task) {
        if (requests.isShutdown()) {
            throw new RejectedExecutionException("the endpoint is closed");
        }
        if (requests.getQueue().poll() instanceof Request oldest) {
            oldest.refuse();
        }
        requests.execute(task);
    }

    private final class Request implements Runnable {

        private final Runnable task;
        private final Deadline deadline = new Deadline(timer);
        private volatile long begun;
        private volatile boolean patient;
        private @Nullable Semaphore held;

        Request(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            begun = System.nanoTime();
            serving.put(Thread.currentThread(), this);
            try {
                deadline.begin();
                task.run();
            } finally {
                serving.remove(Thread.currentThread());
                deadline.end();
                release();
            }
        }

        /** Only an interrupted thread closes the connection, whose channel nobody else knows. */
        void refuse() {
            deadline.pass();
            run();
        }

        boolean slowDown(Semaphore places) {
            if (!places.tryAcquire()) {
                return false;
            }
            held = places;
            patiently();
            return true;
        }

        void patiently() {
            patient = true;
            deadline.in(longest);
        }

        void hurry() {
            deadline.in(shortly);
            release();
        }

        void makeRoom() {
            if (!patient && System.nanoTime() - begun >= CROWDED.toNanos()) {
                deadline.pass();
            }
        }

        private void release() {
            Semaphore places = held;
            if (places != null) {
                held = null;
                places.release();
            }
        }
    }
}
