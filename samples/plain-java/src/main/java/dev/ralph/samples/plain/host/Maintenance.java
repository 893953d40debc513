/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.RalphException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does from time to time what other commands do when they start, for a process that does not end. */
final class Maintenance implements AutoCloseable {

    private static final Duration DAY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ralph-maintenance");
        thread.setDaemon(true);
        return thread;
    });

    private Maintenance() {}

    /** Does all {@code tasks} once a day, first in a day. */
    static Maintenance daily(Runnable... tasks) {
        return every(DAY, List.of(tasks));
    }

    /** Does all {@code tasks} after each {@code pause}. One that fails is done again the next time, like the others. */
    static Maintenance every(Duration pause, List<Runnable> tasks) {
        Maintenance maintenance = new Maintenance();
        var unused = maintenance.timer.scheduleWithFixedDelay(
                () -> tasks.forEach(Maintenance::attempt), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return maintenance;
    }

    /** Begins no task any more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RalphException e) {
            LOG.warn("Maintenance failed and is tried again later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Maintenance failed and is tried again later", e);
        }
    }
}
