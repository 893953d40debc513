/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.RunProgress;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.Verification;
import dev.ralph.samples.spring.event.PublicText;
import dev.ralph.samples.spring.report.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as clients see it.
 *
 * @param id its id
 * @param status where it stands
 * @param reason why it ended
 * @param verification what stands behind its completion
 * @param detail what it waits for or why it ended, in words
 * @param workspace the name of its workspace
 * @param agents the names of its agents
 * @param gates the name of its gate set
 * @param labels its labels
 * @param subject whose data it is
 * @param idempotencyKey the key it was submitted with
 * @param progress what it has used
 * @param createdAt when it was submitted
 * @param updatedAt when it last changed
 * @param startedAt when it was first taken up
 * @param completedAt when it ended
 * @param wakeAt when it goes on, if it waits for a time
 * @param node the node that works on it
 * @param version counts its steps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Run")
public record RunView(
        String id,
        RunStatus status,
        @Nullable StopReason reason,
        Verification verification,
        @Nullable String detail,
        @Nullable String workspace,
        List<String> agents,
        @Nullable String gates,
        Map<String, String> labels,
        @Nullable String subject,
        @Nullable String idempotencyKey,
        Progress progress,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant wakeAt,
        @Nullable String node,
        long version) {

    /**
     * What a run has used.
     *
     * @param iterations iterations recorded
     * @param attempts attempts launched
     * @param unreported attempts that did not report all they used
     * @param usage tokens reported
     * @param unknownTokens tokens charged for attempts that did not report
     * @param spend US dollars charged, by kind
     * @param runtime time at work or waiting so far
     */
    public record Progress(
            int iterations,
            int attempts,
            int unreported,
            Usage usage,
            long unknownTokens,
            Money spend,
            @Schema(type = "string", example = "PT42S") Duration runtime) {

        static Progress of(RunProgress progress, Instant now) {
            return new Progress(
                    progress.iterations(),
                    progress.attempts(),
                    progress.unreported(),
                    progress.usage(),
                    progress.unknownTokens(),
                    Money.of(progress.spend()),
                    progress.runtimeAt(now));
        }
    }

    /** Shows a run to its tenant. */
    public static RunView of(RunSnapshot run) {
        String tenant = run.tenant();
        TenantScope scope = new TenantScope(tenant == null ? "" : tenant);
        return new RunView(
                run.id().toString(),
                run.status(),
                run.reason(),
                run.verification(),
                PublicText.detail(run.status(), run.reason()),
                run.labels().get(HostLabels.WORKSPACE),
                HostLabels.agents(run.labels(), run.agents()),
                run.labels().get(HostLabels.GATES),
                HostLabels.without(run.labels()),
                scope.shown(run.subject()),
                scope.shown(run.taskId()),
                Progress.of(run.progress(), Instant.now()),
                run.createdAt(),
                run.updatedAt(),
                run.startedAt(),
                run.completedAt(),
                run.wakeAt(),
                run.owner(),
                run.version());
    }
}
