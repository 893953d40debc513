/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueueStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every run, in order of submission, and findable by id and task id unless it was erased. Forgets old ended runs. Not
 * thread-safe.
 */
final class RunTable {

    private final Map<RunId, RunEntry> byId = new HashMap<>();
    private final Map<String, RunEntry> byTask = new HashMap<>();
    private final NavigableMap<ListPosition, RunEntry> newestFirst = new TreeMap<>();
    private final Set<RunEntry> ended = new LinkedHashSet<>();
    private final int endedRuns;

    /**
     * Makes an empty table.
     *
     * @param endedRuns how many ended runs it keeps
     */
    RunTable(int endedRuns) {
        this.endedRuns = endedRuns;
    }

    @Nullable RunEntry find(RunId run) {
        return byId.get(run);
    }

    @Nullable RunEntry findByTask(String taskId) {
        return byTask.get(taskId);
    }

    RunEntry add(NewRun run) {
        RunEntry entry = new RunEntry(run);
        byId.put(run.id(), entry);
        if (run.taskId() != null) {
            byTask.put(run.taskId(), entry);
        }
        newestFirst.put(new ListPosition(run.createdAt(), run.id()), entry);
        return entry;
    }

    /**
     * Notes that a run has ended, and forgets the one that ended longest ago if there are too many.
     *
     * @return the one that was forgotten
     */
    @Nullable RunId ended(RunEntry run) {
        ended.remove(run);
        ended.add(run);
        if (ended.size() <= endedRuns) {
            return null;
        }
        RunEntry first = ended.iterator().next();
        ended.remove(first);
        forget(first);
        return first.row().stored().snapshot().id();
    }

    /** Notes that a run that had ended goes on. */
    void revived(RunEntry run) {
        ended.remove(run);
    }

    /**
     * Erases the runs of a subject: they are listed and add to costs as nobody's, and are found no more.
     *
     * @return how many
     * @throws RunStateException if one has not ended, or goes on; nothing was erased
     */
    int erase(String subject, Instant now) {
        List<RunEntry> theirs = newestFirst.values().stream()
                .filter(entry -> subject.equals(entry.row().stored().snapshot().subject()))
                .toList();
        theirs.stream().filter(entry -> !entry.isOver(now)).findFirst().ifPresent(entry -> {
            RunSnapshot open = entry.row().stored().snapshot();
            throw new RunStateException("run " + open.id() + " of the subject "
                    + (open.status().isFinal() ? "goes on" : "is " + open.status())
                    + "; cancel it and wait for its end, then erase; nothing was erased");
        });
        theirs.forEach(entry -> {
            forgetIds(entry);
            entry.erase();
        });
        return theirs.size();
    }

    /**
     * Forgets the runs that ended before a moment, but those that go on.
     *
     * @return how many
     */
    int purge(Instant endedBefore, Instant now) {
        List<RunEntry> old = ended.stream()
                .filter(entry -> {
                    RunSnapshot run = entry.row().stored().snapshot();
                    Instant end = run.completedAt() == null ? run.updatedAt() : run.completedAt();
                    return end.isBefore(endedBefore) && entry.isOver(now);
                })
                .toList();
        old.forEach(ended::remove);
        old.forEach(this::forget);
        return old.size();
    }

    /** The runs that could be worked on and are not. */
    QueueStatus queue(Instant now) {
        long due = 0;
        Instant first = now;
        for (RunEntry entry : newestFirst.values()) {
            Instant since = entry.row().dueSince(now);
            if (since != null) {
                due++;
                first = since.isBefore(first) ? since : first;
            }
        }
        return new QueueStatus(due, Duration.between(first, now));
    }

    void clear() {
        byId.clear();
        byTask.clear();
        newestFirst.clear();
        ended.clear();
    }

    Page<RunSnapshot> list(RunQuery query) {
        NavigableMap<ListPosition, RunEntry> rest =
                query.after() == null ? newestFirst : newestFirst.tailMap(ListPosition.parse(query.after()), false);
        List<RunSnapshot> found = rest.values().stream()
                .map(entry -> entry.row().stored().snapshot())
                .filter(run -> matches(run, query))
                .limit(query.limit() + 1L)
                .toList();
        if (found.size() <= query.limit()) {
            return new Page<>(found, null);
        }
        List<RunSnapshot> page = found.subList(0, query.limit());
        return new Page<>(page, ListPosition.of(page.get(page.size() - 1)).cursor());
    }

    List<CostSum> costs(CostQuery query) {
        CostTable table = new CostTable(query);
        newestFirst
                .values()
                .forEach(entry -> table.add(
                        entry.row().stored().snapshot(), entry.records().allAttempts()));
        return table.sums();
    }

    private void forget(RunEntry run) {
        forgetIds(run);
        newestFirst.remove(ListPosition.of(run.row().stored().snapshot()));
    }

    private void forgetIds(RunEntry run) {
        RunSnapshot row = run.row().stored().snapshot();
        byId.remove(row.id());
        if (row.taskId() != null) {
            byTask.remove(row.taskId());
        }
    }

    private static boolean matches(RunSnapshot run, RunQuery query) {
        return (query.statuses().isEmpty() || query.statuses().contains(run.status()))
                && (query.reasons().isEmpty()
                        || (run.reason() != null && query.reasons().contains(run.reason())))
                && (query.agent() == null || run.agents().contains(query.agent()))
                && (query.tenant() == null || query.tenant().equals(run.tenant()))
                && (query.subject() == null || query.subject().equals(run.subject()))
                && run.labels().entrySet().containsAll(query.labels().entrySet())
                && (query.createdFrom() == null || !run.createdAt().isBefore(query.createdFrom()))
                && (query.createdBefore() == null || run.createdAt().isBefore(query.createdBefore()));
    }
}
