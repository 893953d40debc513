/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunProgress;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What the store costs above the statements it makes. Alone: it measures. */
@Isolated
class OverheadTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final int WARM_UP = 100;
    private static final int MEASURED = 300;

    @Test
    void aDurableIterationTakesLittleLongerThanItsStatementsInBareJdbc() throws SQLException {
        try (JdbcStore store = DATABASE.open()) {
            TestRun mine = TestRun.begin(store);
            TestRun other = TestRun.begin(store);
            BareIteration bare = new BareIteration(
                    DATABASE.pool(),
                    other.id().value(),
                    other.lease().token(),
                    new RunDocuments().metrics(RunProgress.NONE));
            long[] stored = new long[MEASURED];
            long[] byHand = new long[MEASURED];

            // In turns, so that whatever else the machine does falls on both.
            for (int i = 1; i <= WARM_UP + MEASURED; i++) {
                long storedNanos = stored(store, mine, i);
                long start = System.nanoTime();
                bare.start(i);
                bare.settle(i);
                long byHandNanos = System.nanoTime() - start;
                if (i > WARM_UP) {
                    stored[i - WARM_UP - 1] = storedNanos;
                    byHand[i - WARM_UP - 1] = byHandNanos;
                }
            }

            double ratio = (double) median(stored) / median(byHand);
            System.out.printf(
                    "durable iteration: %,d µs, bare JDBC %,d µs, ratio %.2f (medians of %d)%n",
                    median(stored) / 1_000, median(byHand) / 1_000, ratio, MEASURED);
            assertThat(ratio).isLessThanOrEqualTo(1.3);
            assertThat(store.iterations(other.id(), 0, 10_000)).hasSameSizeAs(store.iterations(mine.id(), 0, 10_000));
        }
    }

    /** Without the reads by which the test makes the steps. */
    private static long stored(JdbcStore store, TestRun run, int iteration) {
        Step start = run.step(List.of(new RecordChange.StartAttempt(run.inFlight(iteration))), List.of(), null);
        long begin = System.nanoTime();
        StepResult started = store.commit(run.lease(), start);
        long nanos = System.nanoTime() - begin;
        assertThat(started).isInstanceOf(StepResult.Committed.class);
        Step settle = run.step(run.settled(iteration), List.of(), null);
        begin = System.nanoTime();
        StepResult settled = store.commit(run.lease(), settle);
        nanos += System.nanoTime() - begin;
        assertThat(settled).isInstanceOf(StepResult.Committed.class);
        return nanos;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
