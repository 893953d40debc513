/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.ralph.spi.DispatchContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** db-scheduler on this node, as ADR 0016 sets it up. Thread-safe. */
final class NodeScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeScheduler.class);

    /** db-scheduler takes four missed heartbeats for death at the earliest, and looks every two. */
    private static final int MISSED = 4;

    private static final int HEARTBEATS_PER_LEASE = 6;

    /** The share of the time to its death, to others, from which a run's heartbeat is late. */
    private static final double LATE = 0.5;

    /** db-scheduler's own waits while it stops, and a little more. */
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private static final Duration SYNCHRONISE = Duration.ofSeconds(15);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Scheduler scheduler;
    private final StintExecutor executor;
    private final DatabaseClock clock;
    private final PollWatch polls = new PollWatch(System::nanoTime);
    private final HeartbeatWatch heartbeats;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> synchronising;
    private final CountDownLatch stopped = new CountDownLatch(1);

    NodeScheduler(JdbcParts parts, DispatchContext context, Stints stints, Duration poll) {
        Database housekeeping = new Database(parts.housekeeping()::getConnection, Pools.LEASE_TIMEOUT, parts.closed());
        clock = new DatabaseClock(housekeeping, System::nanoTime);
        executor = new StintExecutor(context.executor());
        HousekeepingThreads threads = new HousekeepingThreads();
        timer = Executors.newSingleThreadScheduledExecutor(threads);
        List<Task<?>> tasks = context.stateVersions().stream()
                .<Task<?>>map(version -> new StintTask(version, stints))
                .toList();
        Duration heartbeat = context.leaseTtl().dividedBy(HEARTBEATS_PER_LEASE);
        heartbeats = new HeartbeatWatch(System::nanoTime, heartbeat.multipliedBy(MISSED));
        int slots = context.maxParallelRuns();
        // As many as there are free slots, whenever one gets free: nothing that is picked waits without a heartbeat.
        double whenOneIsFree = (slots - 0.5) / slots;
        scheduler = new SchedulerBuilder(
                        HousekeepingThreads.route(polls.watched(parts.work()), parts.housekeeping()), tasks)
                .schedulerName(new SchedulerName.Fixed(context.node()))
                .tableName("ralph.queue")
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .enablePriority()
                .clock(polls.watched(clock))
                .addSchedulerListener(polls)
                .addSchedulerListener(heartbeats)
                .threads(slots)
                .executorService(executor)
                .dueExecutor(Executors.newSingleThreadExecutor(NodeScheduler::polling))
                .housekeeperExecutor(Executors.newSingleThreadScheduledExecutor(threads))
                .pollUsingLockAndFetch(whenOneIsFree, 1.0)
                .pollingInterval(poll)
                .heartbeatInterval(heartbeat)
                .missedHeartbeatsLimit(MISSED)
                .deleteUnresolvedAfter(FOREVER)
                .shutdownMaxWait(FOREVER)
                .build();
    }

    void start() {
        scheduler.start();
        synchronising = timer.scheduleWithFixedDelay(
                this::synchronise, SYNCHRONISE.toMillis(), SYNCHRONISE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void synchronise() {
        if (clock.synchronise()) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    /** How it has reached the queue so far. */
    DispatcherProbe.Standing standing() {
        return new DispatcherProbe.Standing(polls.looks(), heartbeats.beats(this::late));
    }

    private int late() {
        return (int) scheduler.getCurrentlyExecuting().stream()
                .filter(stint -> stint.getHeartbeatState().getFractionDead() >= LATE)
                .count();
    }

    /** An entry may be due. */
    void look() {
        if (!stopping.get()) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    /**
     * Polls no more, and waits for the stints. Heartbeats go on until the last of them has ended.
     *
     * @return whether all have ended in time
     */
    boolean stop(Duration timeout) throws InterruptedException {
        beginToStop();
        return executor.awaitStopped(timeout);
    }

    /** Waits for no stint, but until nothing else here uses the database any more. */
    @Override
    public void close() {
        beginToStop();
        executor.abandon();
        try {
            if (!stopped.await(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The queue's own threads have not ended in {}", AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beginToStop() {
        if (stopping.compareAndSet(false, true)) {
            Thread thread = new Thread(this::stop, "ralph-queue-stop");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void stop() {
        try {
            scheduler.stop();
            if (synchronising != null) {
                synchronising.cancel(false);
            }
            timer.shutdownNow();
        } finally {
            stopped.countDown();
        }
    }

    private static Thread polling(Runnable task) {
        Thread thread = new Thread(task, PollWatch.THREAD);
        thread.setDaemon(true);
        return thread;
    }
}
