/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.StoreException;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.UsageReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows one run has beside its own. Not thread-safe. */
final class RunRecords {

    private final NavigableMap<AttemptKey, AttemptRecord> attempts = new TreeMap<>();
    private final NavigableMap<Integer, IterationRecord> iterations = new TreeMap<>();
    private final NavigableMap<Integer, CheckpointRecord> checkpoints = new TreeMap<>();
    private final NavigableMap<Integer, List<GateRecord>> gates = new TreeMap<>();
    private final Map<AttemptKey, UsageReport> reportedUsage = new HashMap<>();

    List<IterationRecord> iterationsAfter(int iteration, int max) {
        return iterations.tailMap(iteration, false).values().stream().limit(max).toList();
    }

    List<AttemptRecord> attempts(int iteration) {
        return List.copyOf(attempts.subMap(
                        new AttemptKey(iteration, Integer.MIN_VALUE),
                        true,
                        new AttemptKey(iteration, Integer.MAX_VALUE),
                        true)
                .values());
    }

    Collection<AttemptRecord> allAttempts() {
        return attempts.values();
    }

    /** Keeps of the attempts what they cost, and nothing else. */
    void erase() {
        attempts.replaceAll((key, attempt) -> new AttemptRecord(
                attempt.iteration(),
                attempt.attempt(),
                attempt.agent(),
                attempt.status(),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.failure(),
                null,
                attempt.reserved(),
                attempt.usage(),
                attempt.cost(),
                null));
        iterations.clear();
        checkpoints.clear();
        gates.clear();
        reportedUsage.clear();
    }

    List<GateRecord> gates() {
        return gates.values().stream().flatMap(List::stream).toList();
    }

    List<CheckpointRecord> checkpoints() {
        return List.copyOf(checkpoints.values());
    }

    Optional<UsageReport> reportedUsage(AttemptKey attempt) {
        return Optional.ofNullable(reportedUsage.get(attempt));
    }

    void reportUsage(AttemptKey attempt, UsageReport report) {
        boolean saysSomething = !report.equals(UsageReport.UNKNOWN);
        if (saysSomething && isInFlight(attempts.get(attempt))) {
            reportedUsage.merge(attempt, report, UsageReport::highest);
        }
    }

    /**
     * Works out what {@code changes} would write, without writing it.
     *
     * @throws StoreException if one of them does not fit what is stored
     */
    Draft draft(List<RecordChange> changes) {
        Draft draft = new Draft();
        changes.forEach(change -> change.writeTo(draft));
        return draft;
    }

    private static boolean isInFlight(@Nullable AttemptRecord attempt) {
        return attempt != null && attempt.status() == AttemptStatus.IN_FLIGHT;
    }

    /** Which attempt of which iteration. */
    record AttemptKey(int iteration, int attempt) implements Comparable<AttemptKey> {

        static AttemptKey of(AttemptRecord attempt) {
            return new AttemptKey(attempt.iteration(), attempt.attempt());
        }

        @Override
        public int compareTo(AttemptKey other) {
            int byIteration = Integer.compare(iteration, other.iteration);
            return byIteration != 0 ? byIteration : Integer.compare(attempt, other.attempt);
        }
    }

    /** Rows that fit and are not written yet. */
    final class Draft implements RecordChange.Writer {

        private final Map<AttemptKey, AttemptRecord> newAttempts = new HashMap<>();
        private final Map<Integer, IterationRecord> newIterations = new HashMap<>();
        private final Map<Integer, CheckpointRecord> newCheckpoints = new HashMap<>();
        private final List<GateRecord> newGates = new ArrayList<>();

        void write() {
            attempts.putAll(newAttempts);
            iterations.putAll(newIterations);
            checkpoints.putAll(newCheckpoints);
            newGates.forEach(gate -> gates.computeIfAbsent(gate.iteration(), iteration -> new ArrayList<>())
                    .add(gate));
            newAttempts.forEach((key, attempt) -> {
                if (!isInFlight(attempt)) {
                    reportedUsage.remove(key);
                }
            });
        }

        @Override
        public void startAttempt(AttemptRecord attempt) {
            AttemptKey key = AttemptKey.of(attempt);
            require(stored(key) == null, key + " is there already");
            newAttempts.put(key, attempt);
        }

        @Override
        public void settleAttempt(AttemptRecord attempt) {
            AttemptKey key = AttemptKey.of(attempt);
            require(isInFlight(stored(key)), key + " is not in flight and cannot be settled");
            newAttempts.put(key, attempt);
        }

        @Override
        public void addIteration(IterationRecord iteration) {
            int key = iteration.iteration();
            boolean isNew = !iterations.containsKey(key) && newIterations.putIfAbsent(key, iteration) == null;
            require(isNew, "iteration " + key + " is recorded already");
        }

        @Override
        public void addGate(GateRecord gate) {
            newGates.add(gate);
        }

        @Override
        public void addCheckpoint(CheckpointRecord checkpoint) {
            int key = checkpoint.number();
            boolean isNew = !checkpoints.containsKey(key) && newCheckpoints.putIfAbsent(key, checkpoint) == null;
            require(isNew, "checkpoint " + key + " is there already");
        }

        private @Nullable AttemptRecord stored(AttemptKey key) {
            AttemptRecord drafted = newAttempts.get(key);
            return drafted != null ? drafted : attempts.get(key);
        }

        private static void require(boolean fits, String problem) {
            if (!fits) {
                throw new StoreException(problem + "; nothing was written");
            }
        }
    }
}
