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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a run that has ended, whatever happened to its nodes and its database meanwhile.
 *
 * @param iterations iterations recorded
 * @param attempts attempts made for them
 * @param abandoned attempts nobody saw the end of
 * @param claims how often a node took it
 * @param writes rows written for it
 */
record RunAudit(int iterations, int attempts, int abandoned, int claims, int writes) {

    private static final int ALL = 1_000_000;

    /** Checks runs in PostgreSQL: their records, what the database saw being written, and their agents' marks. */
    static RunAudit of(Store store, WriteLog log, Arena arena, String... tasks) throws SQLException {
        RunAudit sum = new RunAudit(0, 0, 0, 0, 0);
        for (String task : tasks) {
            sum = sum.plus(ofOne(store, log, arena, task));
        }
        return sum;
    }

    private static RunAudit ofOne(Store store, WriteLog log, Arena arena, String task) throws SQLException {
        RunSnapshot run = store.findByTask(task).orElseThrow().snapshot();
        List<AttemptRecord> attempts = records(store, run);
        agents(arena.marks(task), attempts);
        List<WriteLog.Write> writes = log.of(run.id());
        int claims = history(writes);
        return new RunAudit(run.progress().iterations(), attempts.size(), abandoned(attempts), claims, writes.size());
    }

    /** Checks runs in any store: their records, and their agents' marks. */
    static RunAudit of(Store store, Arena arena, String... tasks) {
        RunAudit sum = new RunAudit(0, 0, 0, 0, 0);
        for (String task : tasks) {
            RunSnapshot run = store.findByTask(task).orElseThrow().snapshot();
            List<AttemptRecord> attempts = records(store, run);
            agents(arena.marks(task), attempts);
            sum = sum.plus(new RunAudit(run.progress().iterations(), attempts.size(), abandoned(attempts), 0, 0));
        }
        return sum;
    }

    RunAudit plus(RunAudit other) {
        return new RunAudit(
                iterations + other.iterations,
                attempts + other.attempts,
                abandoned + other.abandoned,
                claims + other.claims,
                writes + other.writes);
    }

    /** No gap, no duplicate, nothing unfinished, and the sums are right. */
    private static List<AttemptRecord> records(Store store, RunSnapshot run) {
        String task = String.valueOf(run.taskId());
        assertThat(run.reason()).as(task).isEqualTo(StopReason.COMPLETED);
        assertThat(run.verification()).as(task).isEqualTo(Verification.VERIFIED);
        List<IterationRecord> iterations = store.iterations(run.id(), 0, ALL);
        int count = run.progress().iterations();
        assertThat(iterations)
                .as("iterations of %s", task)
                .extracting(IterationRecord::iteration)
                .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
        assertThat(store.iterations(run.id(), count, ALL)).isEmpty();
        List<StoredEvent> events = store.events(run.id(), 0, ALL);
        assertThat(events)
                .as("events of %s", task)
                .extracting(StoredEvent::seq)
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        List<AttemptRecord> attempts = new ArrayList<>();
        for (IterationRecord iteration : iterations) {
            List<AttemptRecord> made = store.attempts(run.id(), iteration.iteration());
            assertThat(made)
                    .as("attempts of iteration %s of %s", iteration.iteration(), task)
                    .extracting(AttemptRecord::attempt)
                    .isEqualTo(IntStream.rangeClosed(1, iteration.attempts())
                            .boxed()
                            .toList());
            assertThat(made.get(made.size() - 1).status()).isEqualTo(AttemptStatus.SUCCEEDED);
            assertThat(made.subList(0, made.size() - 1))
                    .extracting(AttemptRecord::status)
                    .allMatch(AttemptStatus.ABANDONED::equals);
            attempts.addAll(made);
        }
        assertThat(store.attempts(run.id(), count + 1)).isEmpty();
        assertThat(run.progress().attempts()).as("attempts of %s", task).isEqualTo(attempts.size());
        BigDecimal unknown = new BigDecimal(Arena.RESERVED).multiply(BigDecimal.valueOf(abandoned(attempts)));
        BigDecimal billed = new BigDecimal(Arena.BILLED).multiply(BigDecimal.valueOf(count));
        assertThat(run.progress().spend().billed()).as("billed to %s", task).isEqualByComparingTo(billed);
        assertThat(run.progress().spend().unknown()).as("unknown of %s", task).isEqualByComparingTo(unknown);
        return attempts;
    }

    /** One agent at a time; no attempt twice; none of an iteration after the one that was recorded. */
    private static void agents(List<Mark> marks, List<AttemptRecord> attempts) {
        assertThat(marks).as("agents that met another one").noneMatch(mark -> mark.is("overlap"));
        Set<Long> recorded = attempts.stream().map(RunAudit::order).collect(Collectors.toSet());
        long before = 0;
        for (Mark mark : marks) {
            if (mark.is("begin")) {
                assertThat(mark.order()).as("%s after %s", mark, before).isGreaterThan(before);
                assertThat(recorded).as("attempts recorded").contains(mark.order());
                before = mark.order();
            } else {
                assertThat(mark.order())
                        .as("%s while %s is at work", mark, before)
                        .isEqualTo(before);
            }
        }
        List<Long> ended =
                marks.stream().filter(mark -> mark.is("end")).map(Mark::order).toList();
        assertThat(ended)
                .as("agents of recorded iterations came to their end")
                .containsAll(attempts.stream()
                        .filter(attempt -> attempt.status() == AttemptStatus.SUCCEEDED)
                        .map(RunAudit::order)
                        .toList());
    }

    /**
     * Only the holder of the lease wrote; no version twice; counters, spend and runtime never fell.
     *
     * @return how often the run was claimed
     */
    private static int history(List<WriteLog.Write> writes) {
        int claims = 0;
        WriteLog.@Nullable Write last = null;
        String holder = writes.get(0).node();
        for (WriteLog.Write write : writes) {
            if (write.isOfRun() && last != null) {
                if (write.token() != null && !write.token().equals(last.token())) {
                    claims++;
                    holder = write.node();
                    assertThat(last.leaseUntil() == null || !last.leaseUntil().isAfter(write.at()))
                            .as("%s was claimed when the lease before it was over, which %s shows", write, last)
                            .isTrue();
                }
                assertThat(write.version())
                        .as("%s after %s", write, last)
                        .isBetween(last.version(), last.version() + 1);
                assertThat(write.iterations()).as("%s after %s", write, last).isGreaterThanOrEqualTo(last.iterations());
                assertThat(write.attempts()).as("%s after %s", write, last).isGreaterThanOrEqualTo(last.attempts());
                assertThat(write.spend()).as("%s after %s", write, last).isGreaterThanOrEqualTo(last.spend());
                assertThat(write.runtimeNanos())
                        .as("%s after %s", write, last)
                        .isGreaterThanOrEqualTo(last.runtimeNanos());
            }
            assertThat(write.node()).as("whose write it is: %s", write).isEqualTo(holder);
            last = write.isOfRun() ? write : last;
        }
        return claims;
    }

    private static long order(AttemptRecord attempt) {
        return Mark.order(attempt.iteration(), attempt.attempt());
    }

    private static int abandoned(List<AttemptRecord> attempts) {
        return Math.toIntExact(attempts.stream()
                .filter(attempt -> attempt.status() == AttemptStatus.ABANDONED)
                .count());
    }
}
