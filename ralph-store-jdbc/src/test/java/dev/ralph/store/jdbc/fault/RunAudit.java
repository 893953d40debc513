/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.RunSnapshot;
import dev.ralph.spi.Store;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Checks runs in PostgreSQL: their records, what the database saw being written, and their agents' marks. */
    static RunAudit of(Store store, WriteLog log, Arena arena, String... tasks) throws SQLException {
        return of(store, log, arena, RecordAudit.OF_CRASHES, tasks);
    }

    /** The same of runs whose records are not only what crashes leave. */
    static RunAudit of(Store store, WriteLog log, Arena arena, RecordAudit records, String... tasks)
            throws SQLException {
        RunAudit sum = new RunAudit(0, 0, 0, 0, 0);
        for (String task : tasks) {
            sum = sum.plus(ofOne(store, log, arena, task, records));
        }
        return sum;
    }

    /** Checks one run in PostgreSQL whose records are not only what crashes leave. */
    static RunAudit ofOne(Store store, WriteLog log, Arena arena, String task, RecordAudit records)
            throws SQLException {
        RunSnapshot run = store.findByTask(task).orElseThrow().snapshot();
        List<AttemptRecord> attempts = records.check(store, run);
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
            List<AttemptRecord> attempts = RecordAudit.OF_CRASHES.check(store, run);
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
     * Only the holder of the lease wrote, apart from commands, which change nothing else; no version twice; counters, spend
     * and runtime never fell.
     *
     * @return how often the run was claimed
     */
    private static int history(List<WriteLog.Write> writes) {
        int claims = 0;
        WriteLog.@Nullable Write last = null;
        String holder = writes.get(0).node();
        for (WriteLog.Write write : writes) {
            boolean command =
                    write.isOfCommand() || (write.isOfRun() && last != null && write.commands() > last.commands());
            if (write.isOfRun() && last != null) {
                if (command) {
                    assertThat(write.version()).as("%s after %s", write, last).isEqualTo(last.version());
                    assertThat(write.token()).as("%s after %s", write, last).isEqualTo(last.token());
                    assertThat(write.leaseUntil())
                            .as("%s after %s", write, last)
                            .isEqualTo(last.leaseUntil());
                }
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
            assertThat(command || write.node().equals(holder))
                    .as("whose write it is: %s, and not %s's", write, holder)
                    .isTrue();
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
