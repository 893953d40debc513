/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Actor;
import dev.ralph.ContentUnreadableException;
import dev.ralph.Erasure;
import dev.ralph.InvalidValueException;
import dev.ralph.Page;
import dev.ralph.Privacy;
import dev.ralph.Purge;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditActions;
import dev.ralph.internal.export.SubjectExport;
import dev.ralph.internal.worker.WorkerServices;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Privacy requests on what one store keeps, as far as this node reaches what is kept elsewhere. */
final class StoredPrivacy implements Privacy {

    private static final int PAGE = 200;
    private static final int NAMED = 10;

    private final WorkerServices services;
    private final AuditedActs subjects;
    private final AuditedActs runs;
    private final Endings endings;

    StoredPrivacy(WorkerServices services, Actor actor, InstantSource clock) {
        this.services = services;
        this.endings = new Endings(services.store(), clock);
        this.subjects = AuditedActs.toRuns(services, actor, "subject");
        this.runs = AuditedActs.toRuns(services, actor, "runs");
    }

    @Override
    public Erasure erase(String subject) {
        requireSubject(subject);
        return subjects.begun(AuditActions.ERASE_SUBJECT, Map.of(), () -> {
            // Of nobody: a store that cannot erase says so before anything else is deleted.
            services.store().erase("nobody-" + UUID.randomUUID(), List.of());
            requireEnded(subject);
            Remains remains = new Remains();
            int found = deleteRemains(subject, remains);
            int erased = services.store()
                    .erase(subject, List.of(subjects.done(AuditActions.ERASE_SUBJECT, counts(found, remains))));
            return new Erasure(erased, remains.outputs(), remains.checkpoints(), remains.unreached());
        });
    }

    /**
     * Looks again until there is nothing new: a run may come and end meanwhile, or go on and end again, and would be erased
     * without its outputs.
     */
    private int deleteRemains(String subject, Remains remains) {
        RunRemains deletion = new RunRemains(services, remains);
        Map<RunId, Long> versions = new HashMap<>();
        AtomicBoolean news = new AtomicBoolean();
        do {
            news.set(false);
            forEach(RunQuery.NEWEST.withSubject(subject), run -> {
                if (run.status().isFinal() && !Objects.equals(versions.put(run.id(), run.version()), run.version())) {
                    requireOver(List.of(run));
                    deletion.delete(run.id());
                    news.set(true);
                }
            });
        } while (news.get());
        return versions.size();
    }

    private void requireEnded(String subject) {
        RunQuery theirs = RunQuery.NEWEST.withSubject(subject);
        List<RunSnapshot> open = new ArrayList<>(services.store()
                .list(theirs.withStatuses(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING, RunStatus.PAUSED)
                        .withLimit(NAMED + 1))
                .items());
        forEach(theirs.withReasons(StopReason.DEAD_LETTERED), open::add);
        requireOver(open);
    }

    private void requireOver(List<RunSnapshot> theirs) {
        List<RunSnapshot> open = theirs.stream()
                .filter(run -> !endings.isOver(run))
                .limit(NAMED + 1L)
                .toList();
        if (!open.isEmpty()) {
            String names = open.stream()
                    .limit(NAMED)
                    .map(run -> run.id() + " ("
                            + (run.status().isFinal() ? "dead-lettered, and told to go on" : run.status()) + ")")
                    .collect(Collectors.joining(", "));
            throw new RunStateException("runs of the subject have not ended: " + names
                    + (open.size() > NAMED ? " and more" : "") + "; cancel them and wait for their ends, then erase");
        }
    }

    @Override
    public long export(String subject, Writer target) {
        requireSubject(subject);
        return subjects.told(
                AuditActions.EXPORT_SUBJECT,
                Map.of(),
                () -> new SubjectExport(services.store(), services.codec(), services.outputs()).write(subject, target),
                lines -> Map.of("lines", lines.toString()));
    }

    @Override
    public Purge purge(Instant endedBefore) {
        return runs.told(
                AuditActions.PURGE,
                Map.of("ended_before", endedBefore.toString()),
                () -> purgeTold(endedBefore),
                purge -> counts(
                        purge.runs(),
                        purge.outputs(),
                        purge.checkpoints(),
                        purge.unreached().size()));
    }

    private Purge purgeTold(Instant endedBefore) {
        // Nothing ended before that: a store that cannot purge says so before anything else is deleted.
        services.store().purge(Instant.EPOCH);
        Remains remains = new Remains();
        RunRemains deletion = new RunRemains(services, remains);
        Map<RunId, Runnable> deadLetters = new LinkedHashMap<>();
        RunQuery ended = RunQuery.NEWEST
                .withStatuses(RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.FAILED)
                .withCreated(null, endedBefore);
        forEach(ended, run -> {
            Instant end = run.completedAt() == null ? run.updatedAt() : run.completedAt();
            if (!end.isBefore(endedBefore) || !endings.isOver(run)) {
                return;
            }
            if (run.reason() == StopReason.DEAD_LETTERED) {
                // It may be told to go on until the store has purged it, and would miss what was deleted.
                deadLetters.put(run.id(), deletion.deletion(run.id()));
            } else {
                deletion.delete(run.id());
            }
        });
        int purged;
        try {
            purged = services.store().purge(endedBefore);
        } catch (RuntimeException e) {
            // Some may be gone: nobody would find what is left of them again.
            try {
                deleteGone(deadLetters);
            } catch (RuntimeException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
        deleteGone(deadLetters);
        return new Purge(purged, remains.outputs(), remains.checkpoints(), remains.unreached());
    }

    private void deleteGone(Map<RunId, Runnable> deletions) {
        deletions.forEach((run, delete) -> {
            if (isGone(run)) {
                delete.run();
            }
        });
    }

    private boolean isGone(RunId run) {
        try {
            return services.store().find(run).isEmpty();
        } catch (ContentUnreadableException e) {
            return false;
        }
    }

    private void forEach(RunQuery query, Consumer<RunSnapshot> work) {
        @Nullable RunQuery next = query.withLimit(PAGE);
        while (next != null) {
            Page<RunSnapshot> page = services.store().list(next);
            page.items().forEach(work);
            next = page.next() == null ? null : next.withAfter(page.next());
        }
    }

    private static Map<String, String> counts(int found, Remains remains) {
        return counts(
                found,
                remains.outputs(),
                remains.checkpoints(),
                remains.unreached().size());
    }

    private static Map<String, String> counts(int found, int outputs, int checkpoints, int unreached) {
        Map<String, String> counts = new TreeMap<>();
        counts.put("runs", Integer.toString(found));
        counts.put("outputs", Integer.toString(outputs));
        counts.put("checkpoints", Integer.toString(checkpoints));
        counts.put("unreached", Integer.toString(unreached));
        return counts;
    }

    private static void requireSubject(String subject) {
        if (subject.isBlank()) {
            throw new InvalidValueException("subject", subject, "must not be blank");
        }
    }
}
