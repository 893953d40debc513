/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What the signed and sealed trail adds to a durable iteration, with a hundred writers at once: blocks with an entry in each
 * STARTED step, as nodes write it, and blocks without, by turns. Alone: it measures.
 */
@Isolated
@Tag("scale")
@Timeout(300)
class AuditOverheadTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final int WRITERS = 100;
    private static final int CONNECTIONS = 40;
    private static final int WARM_UP = 8;
    private static final int BLOCKS = 40;

    /** The entries of a block are a whole batch, as they are by default where so much is told. */
    private static final int ITERATIONS = 10;

    /** Of an iteration. */
    private static final int STEPS = 2;

    @Test
    void theTrailAddsLessThanATenthToADurableIterationOfAHundredWriters() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try (JdbcStore store = JdbcStore.builder()
                .url(DATABASE.url())
                .pool(CONNECTIONS, CONNECTIONS)
                .migrations(MigrationMode.NONE)
                .audit(AuditConfig.DEFAULT
                        .withKeys(AuditBench.keys(AuditBench.key('a')))
                        .withSealing(Duration.ofDays(1), 1_000))
                .build()) {
            List<Writer> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new Writer(store, TestRun.begin(store)));
            }
            long[] with = new long[BLOCKS];
            long[] without = new long[BLOCKS];

            // Which of the two comes first changes, so that whatever else the machine does falls on both.
            for (int block = -WARM_UP; block < BLOCKS; block++) {
                boolean audited = block % 2 == 0;
                long first = nanos(threads, store, writers, audited);
                long second = nanos(threads, store, writers, !audited);
                if (block >= 0) {
                    with[block] = audited ? first : second;
                    without[block] = audited ? second : first;
                }
            }

            double[] ratios = new double[BLOCKS];
            Arrays.setAll(ratios, block -> (double) with[block] / without[block]);
            Arrays.sort(ratios);
            double ratio = ratios[BLOCKS / 2];
            System.out.printf(
                    "%d writers, durable iteration (STARTED and SETTLED): %,d µs with the audit trail, %,d µs without"
                            + " (medians of %d blocks of %d); a step %,d µs and %,d µs; ratio %.3f (median of pairs; quartiles %.3f and %.3f)%n",
                    WRITERS,
                    median(with) / 1_000 / ITERATIONS,
                    median(without) / 1_000 / ITERATIONS,
                    BLOCKS,
                    WRITERS * ITERATIONS,
                    median(with) / 1_000 / ITERATIONS / STEPS,
                    median(without) / 1_000 / ITERATIONS / STEPS,
                    ratio,
                    ratios[BLOCKS / 4],
                    ratios[BLOCKS * 3 / 4]);
            assertThat(ratio).isLessThan(1.10);
            Cluster.untilTrue(
                    "all is sealed",
                    () -> store.maintain().complete()
                            && store.audit().orElseThrow().verify().unsealed() == 0);
            assertThat(store.audit().orElseThrow().verify().rows())
                    .isEqualTo((long) (BLOCKS + WARM_UP) * WRITERS * ITERATIONS);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How long all writers take for their iterations, while what was told in the audited block before is sealed. */
    private static long nanos(ExecutorService threads, JdbcStore store, List<Writer> writers, boolean audited)
            throws Exception {
        Future<?> sealing = threads.submit(() -> {
            if (audited) {
                store.parts().audit().sealer().seal();
            }
            return null;
        });
        long begin = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (Writer writer : writers) {
            running.add(threads.submit(() -> {
                writer.iterate(audited);
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        long nanos = System.nanoTime() - begin;
        sealing.get();
        return nanos;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** One node's work on one run. Used by one thread at a time. */
    private static final class Writer {

        private final JdbcStore store;
        private final TestRun run;
        private int iteration;

        Writer(JdbcStore store, TestRun run) {
            this.store = store;
            this.run = run;
        }

        void iterate(boolean audited) {
            for (int i = 0; i < ITERATIONS; i++) {
                iteration++;
                long version = 2L * (iteration - 1);
                Step start = run.stepAfter(version, List.of(new RecordChange.StartAttempt(run.inFlight(iteration))));
                commit(audited ? start.withAudit(told()) : start);
                commit(run.stepAfter(version + 1, run.settled(iteration)));
            }
        }

        /** As a node tells of an agent it launches. */
        private AuditEntry told() {
            Instant at = Instant.now();
            return new AuditEntry(
                    RunId.create(at).value(),
                    at,
                    "node:node-1",
                    null,
                    AuditActions.AGENT_LAUNCHED,
                    "run/" + run.id(),
                    run.id(),
                    "tenant-1",
                    AuditEntry.DONE,
                    "node-1",
                    Map.of(
                            "agent",
                            "agent-a",
                            "iteration",
                            Integer.toString(iteration),
                            "attempt",
                            "1",
                            "reserved_tokens",
                            "1000",
                            "reserved_cost",
                            "0.50"));
        }

        private void commit(Step step) {
            assertThat(store.commit(run.lease(), step)).isInstanceOf(StepResult.Committed.class);
        }
    }
}
