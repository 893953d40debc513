/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Actor;
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
import dev.ralph.audit.AuditActions;
import dev.ralph.internal.export.SubjectExport;
import dev.ralph.internal.worker.WorkerServices;
import java.io.Writer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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

    StoredPrivacy(WorkerServices services, Actor actor) {
        this.services = services;
        this.subjects = AuditedActs.toRuns(services, actor, "subject");
        this.runs = AuditedActs.toRuns(services, actor, "runs");
    }

    @Override
    public Erasure erase(String subject) {
        requireSubject(subject);
        // Of nobody: a store that cannot erase says so before anything else is deleted.
        services.store().erase("nobody-" + UUID.randomUUID(), List.of());
        requireEnded(subject);
        return subjects.begun(AuditActions.ERASE_SUBJECT, Map.of(), () -> {
            Remains remains = new Remains();
            int found = deleteRemains(subject, remains);
            int erased = services.store()
                    .erase(subject, List.of(subjects.done(AuditActions.ERASE_SUBJECT, counts(found, remains))));
            return new Erasure(erased, remains.outputs(), remains.checkpoints(), remains.unreached());
        });
    }

    /** Looks again until there is nothing new: a run may come and end meanwhile, and would be erased without its outputs. */
    private int deleteRemains(String subject, Remains remains) {
        RunRemains deletion = new RunRemains(services, remains);
        Set<RunId> seen = new HashSet<>();
        int before;
        do {
            before = seen.size();
            forEach(RunQuery.NEWEST.withSubject(subject), run -> {
                if (run.status().isFinal() && seen.add(run.id())) {
                    deletion.delete(run.id());
                }
            });
        } while (seen.size() > before);
        return seen.size();
    }

    private void requireEnded(String subject) {
        List<RunSnapshot> open = services.store()
                .list(RunQuery.NEWEST
                        .withSubject(subject)
                        .withStatuses(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING, RunStatus.PAUSED)
                        .withLimit(NAMED + 1))
                .items();
        if (!open.isEmpty()) {
            String names = open.stream()
                    .limit(NAMED)
                    .map(run -> run.id() + " (" + run.status() + ")")
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
        // Nothing ended before that: a store that cannot purge says so before anything else is deleted.
        services.store().purge(Instant.EPOCH);
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
        Remains remains = new Remains();
        RunRemains deletion = new RunRemains(services, remains);
        RunQuery ended = RunQuery.NEWEST
                .withStatuses(RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.FAILED)
                .withCreated(null, endedBefore);
        forEach(ended, run -> {
            if (run.completedAt() != null && run.completedAt().isBefore(endedBefore)) {
                deletion.delete(run.id());
            }
        });
        int purged = services.store().purge(endedBefore);
        return new Purge(purged, remains.outputs(), remains.checkpoints(), remains.unreached());
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
