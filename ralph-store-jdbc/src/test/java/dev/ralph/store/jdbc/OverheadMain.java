/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.RunProgress;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Measures what the store costs above the statements it makes; prints the ratio. */
final class OverheadMain {

    static final String RATIO = "RATIO ";

    private static final int WARM_UP = 1_000;
    private static final int MEASURED = 300;

    private OverheadMain() {}

    /** Its argument is the URL of a database. */
    public static void main(String[] arguments) throws SQLException {
        String url = arguments[0];
        JdbcStoreConfig config = JdbcStoreConfig.DEFAULT;
        try (JdbcStore store = JdbcStore.builder()
                        .url(url)
                        .pool(1, 5)
                        .migrations(MigrationMode.NONE)
                        .build();
                HikariDataSource pool = new Pools(config, "bare").leases(DatabaseUrl.parse(url))) {
            TestRun mine = TestRun.begin(store);
            TestRun other = TestRun.begin(store);
            String metrics = new RunDocuments().metrics(RunProgress.NONE);
            BareIteration bare =
                    new BareIteration(pool, other.id().value(), other.lease().token(), metrics);
            long[] stored = new long[MEASURED];
            long[] byHand = new long[MEASURED];

            // In turns, so that whatever else the machine does falls on both.
            for (int i = 1; i <= WARM_UP + MEASURED; i++) {
                long storedFirst = i % 2 == 0 ? stored(store, mine, i) : 0;
                long byHandNanos = byHand(bare, i);
                long storedNanos = i % 2 == 0 ? storedFirst : stored(store, mine, i);
                if (i > WARM_UP) {
                    stored[i - WARM_UP - 1] = storedNanos;
                    byHand[i - WARM_UP - 1] = byHandNanos;
                }
            }

            double ratio = (double) median(stored) / median(byHand);
            assertThat(store.iterations(other.id(), 0, 10_000)).hasSameSizeAs(store.iterations(mine.id(), 0, 10_000));
            System.out.printf(
                    "durable iteration: %,d µs, bare JDBC %,d µs, ratio %.2f (medians of %d)%n",
                    median(stored) / 1_000, median(byHand) / 1_000, ratio, MEASURED);
            System.out.println(RATIO + ratio);
        }
    }

    private static long stored(JdbcStore store, TestRun run, int iteration) {
        long version = 2L * (iteration - 1);
        Step start = run.stepAfter(version, List.of(new RecordChange.StartAttempt(run.inFlight(iteration))));
        Step settle = run.stepAfter(version + 1, run.settled(iteration));
        long begin = System.nanoTime();
        StepResult started = store.commit(run.lease(), start);
        StepResult settled = store.commit(run.lease(), settle);
        long nanos = System.nanoTime() - begin;
        assertThat(List.of(started, settled)).allMatch(StepResult.Committed.class::isInstance);
        return nanos;
    }

    private static long byHand(BareIteration bare, int iteration) throws SQLException {
        long begin = System.nanoTime();
        bare.start(iteration);
        bare.settle(iteration);
        return System.nanoTime() - begin;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
