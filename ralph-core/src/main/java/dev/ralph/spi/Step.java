/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.audit.AuditEntry;
import java.util.List;

/**
 * One durable step of a run: everything in it is committed in one transaction, or nothing.
 *
 * @param expectedVersion the row's version before the step; the step makes it one more
 * @param state the machine's state after it
 * @param run the row's columns after it
 * @param records rows it writes
 * @param events events it appends; the first has the number after the row's last
 * @param commandsThrough number of the last command consumed, this step included; never falls, and is never more than
 *     there are
 * @param budgets what it does to shared budgets, ordered by name
 * @param release whether it gives the lease back; a step that ends the run always does
 * @param audit entries of the audit trail that are committed with it
 */
public record Step(
        long expectedVersion,
        Payload state,
        RunUpdate run,
        List<RecordChange> records,
        List<StoredEvent> events,
        long commandsThrough,
        List<BudgetChange> budgets,
        boolean release,
        List<AuditEntry> audit) {

    /** A step that the audit trail is not told of. */
    public Step(
            long expectedVersion,
            Payload state,
            RunUpdate run,
            List<RecordChange> records,
            List<StoredEvent> events,
            long commandsThrough,
            List<BudgetChange> budgets,
            boolean release) {
        this(expectedVersion, state, run, records, events, commandsThrough, budgets, release, List.of());
    }

    /** The same, with these entries of the audit trail. */
    public Step withAudit(AuditEntry... entries) {
        return new Step(
                expectedVersion, state, run, records, events, commandsThrough, budgets, release, List.of(entries));
    }

    public Step {
        records = List.copyOf(records);
        events = List.copyOf(events);
        budgets = List.copyOf(budgets);
        audit = List.copyOf(audit);
    }
}
