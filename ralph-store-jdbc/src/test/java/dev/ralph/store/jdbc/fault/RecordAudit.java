/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.IterationRecord;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What must hold of the records of a run that has ended: no gap, no duplicate, nothing unfinished, and the sums are right.
 *
 * @param reason why it has ended; one that was cancelled may leave an iteration that was begun
 * @param unsuccessful how attempts may have ended that brought no result
 * @param sharing whether it draws from a shared budget, which may give an attempt less than it wants
 */
record RecordAudit(StopReason reason, Set<AttemptStatus> unsuccessful, boolean sharing) {

    /** Of a run to which nothing happened but crashes. */
    static final RecordAudit OF_CRASHES = new RecordAudit(StopReason.COMPLETED, Set.of(AttemptStatus.ABANDONED), false);

    /** Of a run whose nodes were also told to end while an iteration took longer than they might. */
    static final RecordAudit OF_SHUTDOWNS =
            new RecordAudit(StopReason.COMPLETED, Set.of(AttemptStatus.ABANDONED, AttemptStatus.INTERRUPTED), false);

    private static final int ALL = 1_000_000;
    private static final BigDecimal WANTED = new BigDecimal(Arena.RESERVED);

    /** Gives all attempts, those of an iteration that was begun included. */
    List<AttemptRecord> check(Store store, RunSnapshot run) {
        String task = String.valueOf(run.taskId());
        boolean completed = reason == StopReason.COMPLETED;
        assertThat(run.reason()).as(task).isEqualTo(reason);
        assertThat(run.verification()).as(task).isEqualTo(completed ? Verification.VERIFIED : Verification.NONE);
        numbers(store, run, task);
        List<AttemptRecord> attempts = new ArrayList<>();
        for (IterationRecord iteration : store.iterations(run.id(), 0, ALL)) {
            List<AttemptRecord> made = store.attempts(run.id(), iteration.iteration());
            assertThat(made)
                    .as("attempts of iteration %s of %s", iteration.iteration(), task)
                    .extracting(AttemptRecord::attempt)
                    .isEqualTo(IntStream.rangeClosed(1, iteration.attempts())
                            .boxed()
                            .toList());
            assertThat(made.get(made.size() - 1).status()).isEqualTo(iteration.status());
            assertThat(iteration.status())
                    .matches(status -> status == AttemptStatus.SUCCEEDED
                            || (status == AttemptStatus.FAILED && unsuccessful.contains(status)));
            assertThat(made.subList(0, made.size() - 1))
                    .extracting(AttemptRecord::status)
                    .allMatch(unsuccessful::contains);
            attempts.addAll(made);
        }
        List<AttemptRecord> begun = store.attempts(run.id(), run.progress().iterations() + 1);
        assertThat(begun).extracting(AttemptRecord::status).allMatch(unsuccessful::contains);
        assertThat(completed && !begun.isEmpty())
                .as("%s has attempts of no iteration", task)
                .isFalse();
        attempts.addAll(begun);
        assertThat(run.progress().attempts()).as("attempts of %s", task).isEqualTo(attempts.size());
        sums(run, task, attempts);
        return attempts;
    }

    static int count(List<AttemptRecord> attempts, Set<AttemptStatus> statuses) {
        return Math.toIntExact(attempts.stream()
                .filter(attempt -> statuses.contains(attempt.status()))
                .count());
    }

    private static void numbers(Store store, RunSnapshot run, String task) {
        int count = run.progress().iterations();
        assertThat(store.iterations(run.id(), 0, ALL))
                .as("iterations of %s", task)
                .extracting(IterationRecord::iteration)
                .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
        List<StoredEvent> events = store.events(run.id(), 0, ALL);
        assertThat(events)
                .as("events of %s", task)
                .extracting(StoredEvent::seq)
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
    }

    private void sums(RunSnapshot run, String task, List<AttemptRecord> attempts) {
        BigDecimal unknown = BigDecimal.ZERO;
        for (AttemptRecord attempt : attempts) {
            BigDecimal reserved = attempt.reserved().cost();
            if (sharing) {
                assertThat(reserved).isBetween(new BigDecimal(Arena.BILLED), WANTED);
            } else {
                assertThat(reserved).isEqualByComparingTo(WANTED);
            }
            if (attempt.status() == AttemptStatus.ABANDONED || attempt.status() == AttemptStatus.INTERRUPTED) {
                unknown = unknown.add(reserved);
            }
        }
        int told = count(attempts, Set.of(AttemptStatus.SUCCEEDED, AttemptStatus.FAILED));
        BigDecimal billed = new BigDecimal(Arena.BILLED).multiply(BigDecimal.valueOf(told));
        assertThat(run.progress().spend().billed()).as("billed to %s", task).isEqualByComparingTo(billed);
        assertThat(run.progress().spend().unknown()).as("unknown of %s", task).isEqualByComparingTo(unknown);
    }
}
