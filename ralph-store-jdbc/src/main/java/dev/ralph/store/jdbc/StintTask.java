/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

/**
 * One execution is one stint of one run. What becomes of the entry is written by {@link Stints}, not by db-scheduler's own
 * handlers: those take the time from the host, and do not see what happened to the run meanwhile.
 */
final class StintTask extends AbstractTask<Void> {

    private final Stints stints;

    /**
     * Stints of runs whose state has one version.
     *
     * @param stateVersion which; others are left to nodes that know them
     */
    StintTask(int stateVersion, Stints stints) {
        super(RunQueue.taskName(stateVersion), Void.class, failed(stints), dead(stints));
        this.stints = stints;
    }

    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        Runnable end = stints.work(entry(context.getExecution()));
        return (completed, operations) -> end.run();
    }

    @Override
    public SchedulableInstance<Void> schedulableInstance(String id) {
        throw new UnsupportedOperationException("entries are made by the store");
    }

    @Override
    public SchedulableInstance<Void> schedulableInstance(String id, Void data) {
        throw new UnsupportedOperationException("entries are made by the store");
    }

    private static FailureHandler<Void> failed(Stints stints) {
        return (completed, operations) -> stints.failed(entry(completed.getExecution()));
    }

    private static DeadExecutionHandler<Void> dead(Stints stints) {
        return (completed, operations) -> {
            Execution execution = completed.getExecution();
            stints.dead(entry(execution), execution.pickedBy, execution.lastHeartbeat);
        };
    }

    private static QueueEntry entry(Execution execution) {
        return new QueueEntry(execution.getId(), execution.version, execution.consecutiveFailures);
    }
}
