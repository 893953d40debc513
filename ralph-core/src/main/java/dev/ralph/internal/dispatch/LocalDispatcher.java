/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import dev.ralph.RunId;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StintWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works runs in this process: so many at once, the rest first come, first served. A run whose workspace another run uses
 * lets those behind it pass. A run keeps its workspace while it waits for a time. A waiting run holds no thread, only an
 * entry in a timer. Thread-safe.
 */
public final class LocalDispatcher implements Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDispatcher.class);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    private final int maxParallel;
    private final ExecutorService stints;
    private final boolean ownsStints;
    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stintEnded = lock.newCondition();
    private final Map<RunId, QueuedRun> queue = new LinkedHashMap<>();
    private final Map<RunId, ScheduledFuture<?>> timed = new HashMap<>();
    private final Map<RunId, Active> active = new HashMap<>();
    private final Map<Path, RunId> workspaces = new HashMap<>();
    private volatile @Nullable StintWorker worker;
    private boolean draining;

    /**
     * Makes a dispatcher.
     *
     * @param maxParallel stints at work at once
     * @param stints runs them
     * @param ownsStints whether it is closed with this dispatcher
     */
    public LocalDispatcher(int maxParallel, ExecutorService stints, boolean ownsStints) {
        this.maxParallel = maxParallel;
        this.stints = stints;
        this.ownsStints = ownsStints;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ralph-dispatch-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start(StintWorker stintWorker) {
        lock.lock();
        try {
            worker = stintWorker;
        } finally {
            lock.unlock();
        }
        startWaiting();
    }

    @Override
    public void submit(QueuedRun run) {
        lock.lock();
        try {
            if (!active.containsKey(run.run()) && !timed.containsKey(run.run())) {
                enqueueAfter(run, run.delay());
            }
        } finally {
            lock.unlock();
        }
        startWaiting();
    }

    @Override
    public void wake(QueuedRun run) {
        lock.lock();
        try {
            Active working = active.get(run.run());
            if (working != null) {
                working.again = true;
            } else {
                enqueueAfter(run, Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
        startWaiting();
    }

    @Override
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            draining = true;
            queue.clear();
            timed.values().forEach(future -> future.cancel(false));
            timed.clear();
            while (!active.isEmpty() && left > 0) {
                left = stintEnded.awaitNanos(left);
            }
            return active.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (ownsStints) {
            stints.shutdown();
        }
    }

    private void enqueueAfter(QueuedRun run, Duration delay) {
        if (draining) {
            return;
        }
        ScheduledFuture<?> earlier = timed.remove(run.run());
        if (earlier != null) {
            earlier.cancel(false);
        }
        if (delay.isZero() || delay.isNegative()) {
            queue.putIfAbsent(run.run(), run);
        } else {
            timed.put(run.run(), timer.schedule(() -> timeCame(run), delay.toMillis() + 1, TimeUnit.MILLISECONDS));
        }
    }

    private void timeCame(QueuedRun run) {
        lock.lock();
        try {
            if (timed.remove(run.run()) != null) {
                enqueueAfter(run, Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
        startWaiting();
    }

    /** Called without the lock: an executor may run a stint on the calling thread. */
    private void startWaiting() {
        for (QueuedRun next = takeNext(); next != null; next = takeNext()) {
            QueuedRun run = next;
            try {
                stints.execute(() -> work(run));
            } catch (RejectedExecutionException e) {
                LOG.warn("Run {}: the executor takes no stint now, trying again: {}", run.run(), e.getMessage());
                ended(run, new StintEnd.Busy(AFTER_REFUSAL, "the executor takes no stint now"));
            }
        }
    }

    /** Makes the first run that can be worked active, if there is one and a slot is free. */
    private @Nullable QueuedRun takeNext() {
        lock.lock();
        try {
            if (worker == null || draining || active.size() >= maxParallel) {
                return null;
            }
            for (QueuedRun next : queue.values()) {
                RunId user = workspaces.get(next.workspace());
                if (user == null || user.equals(next.run())) {
                    queue.remove(next.run());
                    workspaces.put(next.workspace(), next.run());
                    active.put(next.run(), new Active());
                    return next;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void work(QueuedRun run) {
        StintEnd end = new StintEnd.Busy(AFTER_REFUSAL, "its stint failed");
        try {
            end = Objects.requireNonNull(worker, "worker").work(run);
        } catch (RuntimeException e) {
            LOG.error("Run {}: its worker failed", run.run(), e);
        } catch (Error e) {
            LOG.error("Run {}: its worker failed", run.run(), e);
            throw e;
        } finally {
            ended(run, end);
            startWaiting();
        }
    }

    private void ended(QueuedRun run, StintEnd end) {
        lock.lock();
        try {
            Active was = active.remove(run.run());
            boolean again = was != null && was.again;
            if (end instanceof StintEnd.Parked parked) {
                if (parked.delay() == null) {
                    workspaces.remove(run.workspace(), run.run());
                }
                if (again) {
                    enqueueAfter(run, Duration.ZERO);
                } else if (parked.delay() != null) {
                    enqueueAfter(run, parked.delay());
                }
            } else {
                workspaces.remove(run.workspace(), run.run());
                if (end instanceof StintEnd.Busy busy) {
                    enqueueAfter(run, busy.delay());
                }
            }
            stintEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static final class Active {

        private boolean again;
    }
}
