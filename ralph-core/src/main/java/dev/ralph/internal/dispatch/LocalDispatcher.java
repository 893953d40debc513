/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import dev.ralph.RunId;
import dev.ralph.health.HealthProbe;
import dev.ralph.log.LogText;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StintEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works runs in this process: so many at once, the rest by priority and then first come, first served. A run whose
 * workspace another run uses lets those behind it pass. A run keeps its workspace while it waits for a time. A waiting run
 * holds no thread, only an entry in a timer. Thread-safe.
 */
public final class LocalDispatcher implements Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDispatcher.class);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stintEnded = lock.newCondition();
    private final WaitingRuns queue = new WaitingRuns();
    private final Map<RunId, ScheduledFuture<?>> timed = new HashMap<>();
    private final Map<RunId, Active> active = new HashMap<>();
    private final Map<String, RunId> workspaces = new HashMap<>();
    private final StintWatch stints;
    private volatile @Nullable DispatchContext context;
    private boolean draining;

    public LocalDispatcher() {
        this(System::nanoTime);
    }

    /**
     * For tests.
     *
     * @param nanoTime a monotonic clock, for what is told of its health
     */
    LocalDispatcher(LongSupplier nanoTime) {
        this.stints = new StintWatch(nanoTime);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ralph-dispatch-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start(DispatchContext given) {
        context = given;
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

    /** {@inheritDoc} Whether stints begin. */
    @Override
    public List<HealthProbe> healthProbes() {
        return List.of(new LocalDispatcherProbe(this::standing, timer));
    }

    private LocalDispatcherProbe.Standing standing() {
        DispatchContext known = context;
        lock.lock();
        try {
            return new LocalDispatcherProbe.Standing(
                    known == null ? 0 : known.maxParallelRuns(),
                    active.size(),
                    queue.size(),
                    timed.size(),
                    stints.notBegun(),
                    stints.sinceRefused());
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
            queue.add(run);
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
            stints.given(run.run());
            try {
                started().executor().execute(() -> work(run));
            } catch (RejectedExecutionException e) {
                LOG.warn(
                        "Run {}: the executor takes no stint now, trying again: {}",
                        run.run(),
                        LogText.line(e.getMessage()));
                stints.refused(run.run());
                ended(run, new StintEnd.Busy(AFTER_REFUSAL, "the executor takes no stint now"));
            }
        }
    }

    /** Makes the first run that can be worked active, if there is one and a slot is free. */
    private @Nullable QueuedRun takeNext() {
        lock.lock();
        try {
            if (draining || active.size() >= started().maxParallelRuns()) {
                return null;
            }
            QueuedRun next = queue.takeFirst(this::mayUseItsWorkspace).orElse(null);
            if (next != null) {
                workspaces.put(next.workspace(), next.run());
                active.put(next.run(), new Active());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayUseItsWorkspace(QueuedRun run) {
        RunId user = workspaces.get(run.workspace());
        return user == null || user.equals(run.run());
    }

    private DispatchContext started() {
        return Objects.requireNonNull(context, "this dispatcher was not started");
    }

    private void work(QueuedRun run) {
        stints.begun(run.run());
        StintEnd end = new StintEnd.Busy(AFTER_REFUSAL, "its stint failed");
        try {
            end = started().worker().work(run.run());
        } catch (RuntimeException e) {
            LOG.error("Run {}: its worker failed", run.run(), LogText.failure(e));
        } catch (Error e) {
            LOG.error("Run {}: its worker failed", run.run(), LogText.failure(e));
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
                } else if (end instanceof StintEnd.Unreadable unreadable) {
                    enqueueAfter(run, unreadable.delay());
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
