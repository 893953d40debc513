/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run to be stored. Its first version is 0, its status QUEUED.
 *
 * @param id the run
 * @param taskId the idempotency key, or null
 * @param tenant whose run it is, or null
 * @param subject the person whose data it is, or null
 * @param labels clear text for searching
 * @param agents ids of the agents it names
 * @param spec what it is asked to do; never changes
 * @param state the machine's first state
 * @param submitted event 1, which says it was submitted
 * @param createdAt when it was submitted
 * @param startDelay how long after creation it may be taken up first; the stored run shows the end of a delay as its
 *     {@link dev.ralph.RunSnapshot#wakeAt}
 * @param priority for the queue, if the store has one: the higher, the sooner
 * @param workspace for the queue: what {@link WorkspaceSource#key} says of where it works, or null if no other run minds
 * @param audit entries of the audit trail that are committed with it, and only if it is new
 */
public record NewRun(
        RunId id,
        @Nullable String taskId,
        @Nullable String tenant,
        @Nullable String subject,
        Map<String, String> labels,
        List<String> agents,
        Payload spec,
        Payload state,
        StoredEvent submitted,
        Instant createdAt,
        Duration startDelay,
        int priority,
        @Nullable String workspace,
        List<AuditEntry> audit) {

    /** A run that the audit trail is not told of. */
    public NewRun(
            RunId id,
            @Nullable String taskId,
            @Nullable String tenant,
            @Nullable String subject,
            Map<String, String> labels,
            List<String> agents,
            Payload spec,
            Payload state,
            StoredEvent submitted,
            Instant createdAt,
            Duration startDelay,
            int priority,
            @Nullable String workspace) {
        this(
                id,
                taskId,
                tenant,
                subject,
                labels,
                agents,
                spec,
                state,
                submitted,
                createdAt,
                startDelay,
                priority,
                workspace,
                List.of());
    }

    /** The same, with these entries of the audit trail. */
    public NewRun withAudit(AuditEntry... entries) {
        return new NewRun(
                id,
                taskId,
                tenant,
                subject,
                labels,
                agents,
                spec,
                state,
                submitted,
                createdAt,
                startDelay,
                priority,
                workspace,
                List.of(entries));
    }

    /** A run of priority 0 whose workspace no other run minds. */
    public NewRun(
            RunId id,
            @Nullable String taskId,
            @Nullable String tenant,
            @Nullable String subject,
            Map<String, String> labels,
            List<String> agents,
            Payload spec,
            Payload state,
            StoredEvent submitted,
            Instant createdAt,
            Duration startDelay) {
        this(id, taskId, tenant, subject, labels, agents, spec, state, submitted, createdAt, startDelay, 0, null);
    }

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the event's number is not 1, or the delay is negative
     */
    public NewRun {
        if (submitted.seq() != 1) {
            throw new InvalidValueException("submitted.seq", submitted.seq(), "must be 1: it is the run's first event");
        }
        if (startDelay.isNegative()) {
            throw new InvalidValueException("startDelay", startDelay, "must not be negative");
        }
        labels = Map.copyOf(labels);
        agents = List.copyOf(agents);
        audit = List.copyOf(audit);
    }
}
