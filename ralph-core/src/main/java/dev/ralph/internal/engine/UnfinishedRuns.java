/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Page;
import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.log.Redaction;
import dev.ralph.spi.Command;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a store that somebody must work on: those that have not ended, and of those that are paused or dead-lettered the ones
 * with a command to go on, or to end, that was accepted and not carried out.
 */
final class UnfinishedRuns {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRuns.class);

    private final Store store;
    private final Redaction redaction;

    UnfinishedRuns(Store store, Redaction redaction) {
        this.store = store;
        this.redaction = redaction;
    }

    /**
     * Does something with each, the oldest first. Where that fails, it is logged.
     *
     * @return for how many it did not fail
     * @throws dev.ralph.StoreException if they cannot be listed
     */
    int each(Consumer<StoredRun> action) {
        List<RunId> newestFirst = ids();
        int done = 0;
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            done += does(newestFirst.get(i), action) ? 1 : 0;
        }
        return done;
    }

    private List<RunId> ids() {
        List<RunId> ids = new ArrayList<>();
        addAll(
                ids,
                RunQuery.NEWEST.withStatuses(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING, RunStatus.PAUSED));
        addAll(ids, RunQuery.NEWEST.withReasons(StopReason.DEAD_LETTERED));
        return ids;
    }

    private void addAll(List<RunId> ids, RunQuery first) {
        RunQuery query = first.withLimit(RunQuery.MAX_LIMIT);
        String next;
        do {
            Page<RunSnapshot> page = store.list(query);
            page.items().forEach(run -> ids.add(run.id()));
            next = page.next();
            query = query.withAfter(next);
        } while (next != null);
    }

    private boolean does(RunId id, Consumer<StoredRun> action) {
        try {
            Optional<StoredRun> run = store.find(id).filter(this::hasWork);
            run.ifPresent(action);
            return run.isPresent();
        } catch (RalphException e) {
            LOG.warn("Run {}: cannot be queued again: {}", id, redaction.line(e.getMessage()));
            return false;
        }
    }

    private boolean hasWork(StoredRun run) {
        RunSnapshot now = run.snapshot();
        return switch (now.status()) {
            case QUEUED, RUNNING, WAITING -> true;
            case PAUSED -> isCommanded(run, UnfinishedRuns::movesPaused);
            case COMPLETED, STOPPED, FAILED ->
                now.reason() == StopReason.DEAD_LETTERED && isCommanded(run, Command.Retry.class::isInstance);
        };
    }

    private boolean isCommanded(StoredRun run, Predicate<Command> moves) {
        return store.commands(run.snapshot().id(), run.commandsThrough()).stream()
                .map(StoredCommand::command)
                .anyMatch(moves);
    }

    /** Guidance waits with the run. */
    private static boolean movesPaused(Command command) {
        return command instanceof Command.Resume || command instanceof Command.Cancel;
    }
}
