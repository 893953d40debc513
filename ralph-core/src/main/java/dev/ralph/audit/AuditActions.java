/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import dev.ralph.InvalidValueException;

/** The names of what is recorded. A host may record more, under names of its own. */
public final class AuditActions {

    /** A run was submitted, and not one that was there already. */
    public static final String SUBMIT = "run.submit";

    public static final String CANCEL = "run.cancel";
    public static final String PAUSE = "run.pause";
    public static final String RESUME = "run.resume";
    public static final String RETRY = "run.retry";

    /** Guidance was given; the details say how long it is. */
    public static final String GUIDE = "run.guide";

    /** A workspace is to be, or was, restored to a checkpoint. */
    public static final String ROLLBACK = "run.rollback";

    public static final String DELETE_CHECKPOINTS = "run.delete_checkpoints";
    public static final String DELETE_OUTPUTS = "run.delete_outputs";

    public static final String DEFINE_BUDGET = "budget.define";

    /** All that is kept of a subject is to be, or was, erased; of whom is not said. */
    public static final String ERASE_SUBJECT = "subject.erase";

    /** All that is kept of a subject is to be, or was, handed out; of whom is not said. */
    public static final String EXPORT_SUBJECT = "subject.export";

    /** Runs that ended long ago are to be, or were, removed. */
    public static final String PURGE = "runs.purge";

    /** A node took a run up. */
    public static final String TAKEN_UP = "run.taken_up";

    /** A node is about to launch an agent. */
    public static final String AGENT_LAUNCHED = "agent.launched";

    /** A node undid half-done edits. */
    public static final String RESTORED = "workspace.restored";

    /** A node goes on in another copy of the workspace. */
    public static final String MOVED = "workspace.moved";

    /** A node gave a run back to the queue. */
    public static final String HANDED_BACK = "run.handed_back";

    /** A run that was dead-lettered is in the queue again. */
    public static final String REQUEUED = "run.requeued";

    /** A run ended; the outcome is its {@link dev.ralph.StopReason}. */
    public static final String ENDED = "run.ended";

    /** A run ended because its nodes died one after another. */
    public static final String DEAD_LETTERED = "run.dead_lettered";

    /** A month of the audit trail itself was dropped, past its retention. */
    public static final String PARTITION_DROPPED = "audit.partition_dropped";

    private static final String OF_THE_TRAIL = "audit.";

    private AuditActions() {}

    /** Whether an action tells of the trail itself. A host records none of these: what one of them says is believed. */
    public static boolean isReserved(String action) {
        return action.startsWith(OF_THE_TRAIL);
    }

    /**
     * Refuses a reserved action; for implementations of {@link AuditLog#record}.
     *
     * @throws InvalidValueException if the action of {@code entry} is reserved
     */
    public static void requireOfHost(AuditEntry entry) {
        if (isReserved(entry.action())) {
            throw new InvalidValueException(
                    "audit.action",
                    entry.action(),
                    "is of the trail itself; use a name that does not begin with audit.");
        }
    }
}
