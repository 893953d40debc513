/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.IterationRecord;
import dev.ralph.OutputRecord;
import dev.ralph.Usage;
import dev.ralph.samples.spring.event.PublicText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recorded iteration as clients see it.
 *
 * @param iteration its number, from 1
 * @param agent the adapter of the last attempt
 * @param status how the last attempt ended
 * @param claimed whether the agent claimed completion
 * @param workspaceChanged whether the workspace changed
 * @param outputCut whether more was printed than was read
 * @param startedAt when its first attempt started
 * @param endedAt when its last attempt was settled
 * @param outputPreview the end of the agent's result
 * @param attempts its attempts, in order
 */
@Schema(name = "Iteration")
public record IterationView(
        int iteration,
        String agent,
        AttemptStatus status,
        boolean claimed,
        boolean workspaceChanged,
        boolean outputCut,
        Instant startedAt,
        Instant endedAt,
        String outputPreview,
        List<Attempt> attempts) {

    /**
     * A launch of an agent.
     *
     * @param attempt its number within the iteration
     * @param agent the adapter
     * @param status how it stands
     * @param startedAt when it was launched
     * @param endedAt when it was settled
     * @param failure what went wrong
     * @param message the same in words
     * @param usage tokens charged, if known
     * @param cost US dollars charged
     * @param output what became of its full output
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attempt(
            int attempt,
            String agent,
            AttemptStatus status,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable FailureClass failure,
            @Nullable String message,
            @Nullable Usage usage,
            Cost cost,
            @Nullable Output output) {

        static Attempt of(AttemptRecord attempt) {
            return new Attempt(
                    attempt.attempt(),
                    attempt.agent(),
                    attempt.status(),
                    attempt.startedAt(),
                    attempt.endedAt(),
                    attempt.failure(),
                    PublicText.failure(attempt.failure(), attempt.message()),
                    attempt.usage(),
                    attempt.cost(),
                    Output.of(attempt.output()));
        }
    }

    /**
     * What became of a full output.
     *
     * @param kept whether it can be read
     * @param bytes how much was printed
     * @param cut whether some of it is missing
     */
    public record Output(boolean kept, long bytes, boolean cut) {

        static @Nullable Output of(@Nullable OutputRecord record) {
            return record == null ? null : new Output(record.reference() != null, record.bytes(), record.cut());
        }
    }

    static IterationView of(IterationRecord record, List<AttemptRecord> attempts) {
        return new IterationView(
                record.iteration(),
                record.agent(),
                record.status(),
                record.claimed(),
                record.workspaceChanged(),
                record.outputCut(),
                record.startedAt(),
                record.endedAt(),
                record.outputPreview(),
                attempts.stream().map(Attempt::of).toList());
    }
}
