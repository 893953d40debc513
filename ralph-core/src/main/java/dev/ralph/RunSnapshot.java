/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the store knows it at one moment: what listings show.
 *
 * @param id the run
 * @param taskId the caller's idempotency key, or null
 * @param tenant whose run it is, or null
 * @param subject the person whose data it is, or null
 * @param labels the labels it was submitted with
 * @param agents ids of the agents it names, in order; empty for {@code auto}
 * @param status where it stands
 * @param reason why it ended, or null while it has not
 * @param verification what stands behind its completion; {@link Verification#NONE} until it completes
 * @param detail what it waits for or why it ended, for a person; null when there is nothing to say
 * @param progress how far it is and what it has used
 * @param createdAt when it was submitted
 * @param updatedAt when its record last changed
 * @param startedAt when it was first taken up, or null
 * @param completedAt when it ended, or null
 * @param wakeAt when it goes on if it waits for a time, or null
 * @param owner the node that works on it, or null
 * @param version counts its durable steps
 */
public record RunSnapshot(
        RunId id,
        @Nullable String taskId,
        @Nullable String tenant,
        @Nullable String subject,
        Map<String, String> labels,
        List<String> agents,
        RunStatus status,
        @Nullable StopReason reason,
        Verification verification,
        @Nullable String detail,
        RunProgress progress,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant wakeAt,
        @Nullable String owner,
        long version) {

    public RunSnapshot {
        labels = Map.copyOf(labels);
        agents = List.copyOf(agents);
    }
}
