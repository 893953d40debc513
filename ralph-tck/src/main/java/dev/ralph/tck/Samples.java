/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.OutputRecord;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.Spend;
import dev.ralph.Usage;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;

/** Values to store. Times have milliseconds and amounts few digits: what every database keeps. */
final class Samples {

    static final int STATE_VERSION = 7;

    /** The present, since a store may keep rows by month; one moment, so that tests can count from it. */
    @SuppressWarnings("TimeInStaticInitializer")
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** 5.0 and 5.00 are the same money. */
    static final RecursiveComparisonConfiguration SAME_VALUES = RecursiveComparisonConfiguration.builder()
            .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
            .build();

    private Samples() {}

    static NewRun newRun() {
        return newRun(StoreBench.unique("task"), StoreBench.unique("tenant"), NOW);
    }

    static NewRun newRun(@Nullable String taskId, @Nullable String tenant, Instant createdAt) {
        return newRun(taskId, tenant, "subject-1", Map.of("team", "blue"), List.of("agent-a", "agent-b"), createdAt);
    }

    static NewRun newRun(
            @Nullable String taskId,
            @Nullable String tenant,
            @Nullable String subject,
            Map<String, String> labels,
            List<String> agents,
            Instant createdAt) {
        return new NewRun(
                RunId.create(createdAt),
                taskId,
                tenant,
                subject,
                labels,
                agents,
                payload("spec"),
                payload("state"),
                event(1),
                createdAt,
                Duration.ZERO);
    }

    static NewRun withPayloads(Payload spec, Payload state) {
        NewRun run = newRun();
        return new NewRun(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                spec,
                state,
                run.submitted(),
                run.createdAt(),
                run.startDelay());
    }

    static NewRun withDelay(Duration delay) {
        NewRun run = newRun();
        return new NewRun(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                run.spec(),
                run.state(),
                run.submitted(),
                run.createdAt(),
                delay);
    }

    static NewRun queued(String workspace, int priority, Duration delay) {
        NewRun run = newRun();
        return new NewRun(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                run.spec(),
                run.state(),
                run.submitted(),
                run.createdAt(),
                delay,
                priority,
                workspace);
    }

    static Payload payload(String text) {
        return new Payload(STATE_VERSION, text.getBytes(StandardCharsets.UTF_8));
    }

    static StoredEvent event(long seq) {
        return new StoredEvent(seq, "tck.event", NOW.plusMillis(seq), payload("event " + seq));
    }

    static AttemptRecord started(int iteration, int attempt) {
        return new AttemptRecord(
                iteration,
                attempt,
                "agent-a",
                AttemptStatus.IN_FLIGHT,
                NOW,
                null,
                null,
                null,
                reservation(1_000, "0.25"),
                null,
                Cost.UNKNOWN,
                null);
    }

    static AttemptRecord ended(int iteration, int attempt) {
        return ended(iteration, attempt, AttemptStatus.SUCCEEDED, null, null);
    }

    static AttemptRecord ended(
            int iteration,
            int attempt,
            AttemptStatus status,
            @Nullable FailureClass failure,
            @Nullable String message) {
        return new AttemptRecord(
                iteration,
                attempt,
                "agent-a",
                status,
                NOW,
                NOW.plusSeconds(5),
                failure,
                message,
                reservation(1_000, "0.25"),
                new Usage(10, 20, 30, 40),
                Cost.billed(new BigDecimal("0.125")),
                status == AttemptStatus.SUCCEEDED
                        ? OutputRecord.kept("attempt-" + iteration + "-" + attempt + "-e1", 5_000_000_000L, true)
                        : OutputRecord.notKept(42));
    }

    static IterationRecord iteration(int number) {
        return iteration(number, "42 passed, committed");
    }

    static IterationRecord iteration(int number, String preview) {
        return new IterationRecord(
                number,
                2,
                "agent-a",
                AttemptStatus.SUCCEEDED,
                true,
                false,
                true,
                NOW,
                NOW.plusSeconds(number),
                preview);
    }

    static GateRecord gate(int iteration, String name, boolean passed) {
        return new GateRecord(
                iteration,
                name,
                passed,
                passed ? "" : "3 tests fail",
                Duration.ofMillis(1_234),
                passed ? OutputRecord.NOTHING : OutputRecord.kept("gate-" + iteration + "-2-e1", 77, false));
    }

    static CheckpointRecord checkpoint(int number) {
        return new CheckpointRecord(number, number, "refs/ralph/x/1/" + number, "c0ffee" + number, NOW);
    }

    static RunProgress progress() {
        return new RunProgress(
                3,
                4,
                2,
                new Usage(100, 200, 300, 400),
                5_000,
                new Spend(new BigDecimal("1.5"), new BigDecimal("0.25"), new BigDecimal("2")),
                Duration.ofMillis(61_234),
                NOW);
    }

    static Reservation reservation(long tokens, String cost) {
        return new Reservation(tokens, new BigDecimal(cost));
    }
}
