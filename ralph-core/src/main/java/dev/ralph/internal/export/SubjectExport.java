/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.export;

import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.internal.audit.AuditJson;
import dev.ralph.internal.codec.ExportJson;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.output.Outputs;
import dev.ralph.spi.Store;
import java.io.Writer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes everything that is kept of a subject, run by run. Thread-safe. */
public final class SubjectExport {

    private static final int PAGE = 100;

    private final Store store;
    private final RunCodec codec;
    private final Outputs outputs;

    public SubjectExport(Store store, RunCodec codec, Outputs outputs) {
        this.store = store;
        this.codec = codec;
        this.outputs = outputs;
    }

    /**
     * Writes it.
     *
     * @return how many lines, without the last, which says so
     */
    public long write(String subject, Writer target) {
        ExportLines lines = new ExportLines(new ExportJson(), target);
        @Nullable RunQuery next = RunQuery.NEWEST.withSubject(subject).withLimit(PAGE);
        while (next != null) {
            Page<RunSnapshot> page = store.list(next);
            for (RunSnapshot run : page.items()) {
                new RunExport(run, store, codec, outputs, lines).write();
                store.audit().ifPresent(log -> writeAudit(log, subject, run.id(), lines));
            }
            next = page.next() == null ? null : next.withAfter(page.next());
        }
        store.audit().ifPresent(log -> writeAudit(log, AuditQuery.NEWEST.withPrincipal(subject), entry -> true, lines));
        return lines.finish();
    }

    /** Entries on a run; what the subject did itself comes by its name. */
    private static void writeAudit(AuditLog log, String subject, RunId run, ExportLines lines) {
        lines.reading(
                "audit",
                run,
                () -> writeAudit(
                        log,
                        AuditQuery.NEWEST.withRun(run),
                        stored -> !stored.entry().principal().equals(subject),
                        lines));
    }

    private static void writeAudit(AuditLog log, AuditQuery query, Predicate<AuditRecord> wanted, ExportLines lines) {
        AuditJson json = new AuditJson();
        @Nullable AuditQuery next = query.withOldestFirst().withLimit(PAGE);
        while (next != null) {
            Page<AuditRecord> page = log.list(next);
            page.items().stream()
                    .filter(wanted)
                    .forEach(stored -> lines.add(lines.json().object("audit", json.object(stored))));
            next = page.next() == null ? null : next.withAfter(page.next());
        }
    }
}
