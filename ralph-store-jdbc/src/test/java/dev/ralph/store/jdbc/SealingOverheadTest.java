/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptStatus;
import dev.ralph.IterationRecord;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What encryption adds to a durable iteration whose output preview has 4,000 characters. Alone: it measures. */
@Isolated
@Tag("scale")
class SealingOverheadTest {

    @RegisterExtension
    static final PostgresDatabase CLEAR = new PostgresDatabase();

    @RegisterExtension
    static final PostgresDatabase SEALED = new PostgresDatabase();

    private static final int WARM_UP = 1_500;
    private static final int MEASURED = 1_000;
    private static final String PREVIEW = "All tests pass. ".repeat(250);

    @Test
    void encryptionAddsLittleToADurableIteration() {
        try (JdbcStore clear = open(CLEAR, "");
                JdbcStore sealed = open(SEALED, "a")) {
            TestRun clearRun = TestRun.begin(clear);
            TestRun sealedRun = TestRun.begin(sealed);
            long[] without = new long[MEASURED];
            long[] with = new long[MEASURED];

            // In turns, so that whatever else the machine does falls on both.
            for (int i = 1; i <= WARM_UP + MEASURED; i++) {
                long sealedFirst = i % 2 == 0 ? iterate(sealed, sealedRun, i) : 0;
                long clearNanos = iterate(clear, clearRun, i);
                long sealedNanos = i % 2 == 0 ? sealedFirst : iterate(sealed, sealedRun, i);
                if (i > WARM_UP) {
                    without[i - WARM_UP - 1] = clearNanos;
                    with[i - WARM_UP - 1] = sealedNanos;
                }
            }

            double ratio = (double) median(with) / median(without);
            System.out.printf(
                    "durable iteration: %,d µs encrypted, %,d µs in clear, ratio %.2f (medians of %d)%n",
                    median(with) / 1_000, median(without) / 1_000, ratio, MEASURED);
            assertThat(ratio).isLessThan(1.3);
            assertThat(sealed.iterations(sealedRun.id(), WARM_UP, 1))
                    .singleElement()
                    .satisfies(read -> assertThat(read.outputPreview()).isEqualTo(PREVIEW));
        }
    }

    private static JdbcStore open(PostgresDatabase database, String keys) {
        return JdbcStore.builder()
                .url(database.url())
                .pool(1, 5)
                .migrations(MigrationMode.NONE)
                .encryption(Sealing.keys(keys))
                .build();
    }

    private static long iterate(JdbcStore store, TestRun run, int iteration) {
        long version = 2L * (iteration - 1);
        List<RecordChange> settled = new ArrayList<>(run.settled(iteration));
        Instant end = Instant.now();
        settled.set(
                1,
                new RecordChange.AddIteration(new IterationRecord(
                        iteration, 1, "agent-a", AttemptStatus.SUCCEEDED, false, true, false, end, end, PREVIEW)));
        var start = run.stepAfter(version, List.of(new RecordChange.StartAttempt(run.inFlight(iteration))));
        var settle = run.stepAfter(version + 1, settled);
        long begin = System.nanoTime();
        StepResult first = store.commit(run.lease(), start);
        StepResult second = store.commit(run.lease(), settle);
        long nanos = System.nanoTime() - begin;
        assertThat(List.of(first, second)).allMatch(StepResult.Committed.class::isInstance);
        return nanos;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
