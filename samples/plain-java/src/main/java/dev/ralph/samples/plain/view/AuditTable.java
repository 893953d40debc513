/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import java.io.PrintStream;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The audit trail for people. */
public final class AuditTable {

    private AuditTable() {}

    /** Prints entries. */
    public static void print(List<AuditRecord> records, PrintStream out) {
        if (records.isEmpty()) {
            out.println("No entries.");
            return;
        }
        Table table = new Table("TIME", "WHO", "FROM", "ACTION", "RESOURCE", "OUTCOME", "DETAILS");
        for (AuditRecord stored : records) {
            AuditEntry entry = stored.entry();
            table.row(
                    Times.local(entry.at()),
                    entry.principal(),
                    entry.address() == null ? "-" : entry.address(),
                    entry.action(),
                    entry.resource(),
                    entry.outcome(),
                    new TreeMap<>(entry.details())
                            .entrySet().stream()
                                    .map(detail -> detail.getKey() + "=" + detail.getValue())
                                    .collect(Collectors.joining(" ")));
        }
        table.print(out);
    }

    /**
     * Prints how the trail stands.
     *
     * @param since the head after whose batch checking began; null if it began at the beginning
     */
    public static void print(AuditVerification verified, @Nullable AuditHead since, PrintStream out) {
        switch (verified.status()) {
            case UNSIGNED ->
                out.println("UNSIGNED: there is no key to check the trail with; set AUDIT_KEY on every node and here.");
            case BROKEN ->
                out.println("BROKEN: "
                        + SafeText.line(
                                verified.problem().map(AuditFinding::message).orElse("")));
            case VERIFIED -> out.println("VERIFIED");
        }
        if (verified.status() == AuditVerification.Status.UNSIGNED) {
            return;
        }
        out.println("Whole        " + Figures.count(verified.batches()) + " batches with "
                + Figures.count(verified.rows()) + " entries"
                + (verified.firstBatch() > 1 ? ", from batch " + verified.firstBatch() + " on" + before(since) : ""));
        out.println("Not sealed   " + Figures.count(verified.unsealed()) + " entries");
        if (verified.unsigned() > 0) {
            out.println("Not signed   " + Figures.count(verified.unsigned()) + " entries from before there was a key");
        }
        if (verified.head() != null) {
            out.println("Head         " + verified.head());
        }
    }

    private static String before(@Nullable AuditHead since) {
        return since == null ? "; what was before is past its retention" : "; nothing before was looked at";
    }
}
