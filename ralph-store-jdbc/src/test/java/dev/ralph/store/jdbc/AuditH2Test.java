/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditFinding.Problem;
import dev.ralph.audit.AuditVerification;
import dev.ralph.audit.AuditVerification.Status;
import dev.ralph.spi.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trail in H2 is sealed and verified as in PostgreSQL, but nothing keeps its owner from changing it. */
class AuditH2Test {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void writersAndSealersDoNotDisturbEachOther() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (JdbcStore store = open(Duration.ofMillis(100))) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                running.add(threads.submit(() -> {
                    TestRun run = TestRun.begin(store);
                    for (int step = 0; step < 25; step++) {
                        Step next = run.step(List.of(), List.of(), null).withAudit(AuditBench.entry(writer));
                        store.commit(run.lease(), next);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            store.maintain();

            AuditVerification verified = store.audit().orElseThrow().verify();
            assertThat(verified.finding()).isNull();
            assertThat(verified.rows()).isEqualTo(200);
            assertThat(verified.unsealed()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE audit.activity_log SET user_id = 'mallory' WHERE id = 15 | ROW_CHANGED",
                "UPDATE audit.activity_log SET ip_address = 'example.org' WHERE id = 15 | ROW_CHANGED",
                "UPDATE audit.activity_log SET details = '{\"number\":\"1\",\"number\":\"15\"}' WHERE id = 15 |"
                        + " ROW_CHANGED",
                "DELETE FROM audit.activity_log WHERE id = 15 | ROW_MISSING",
                "UPDATE audit.seals SET row_count = 9 WHERE batch = 2 | SEAL_CHANGED",
                "DELETE FROM audit.seals WHERE batch = 2 | SEAL_MISSING",
            })
    void whatIsChangedIsFound(String sql, Problem problem) {
        try (JdbcStore store = open(Duration.ofDays(1))) {
            for (int i = 1; i <= 25; i++) {
                store.audit().orElseThrow().record(AuditBench.entry(i));
            }
            store.maintain();
            assertThat(store.audit().orElseThrow().verify().status()).isEqualTo(Status.VERIFIED);

            store.parts().database().change(handle -> handle.execute(sql));

            AuditFinding finding =
                    store.audit().orElseThrow().verify().problem().orElseThrow();
            assertThat(finding.problem()).isEqualTo(problem);
            assertThat(finding.batch()).isEqualTo(2);
        }
    }

    @Test
    void aTrailIsWholeAfterItsStoreWasOpenedAgain() {
        try (JdbcStore store = open(Duration.ofDays(1))) {
            store.audit().orElseThrow().record(AuditBench.entry(1));
            store.maintain();
        }
        try (JdbcStore store = open(Duration.ofDays(1))) {
            store.audit().orElseThrow().record(AuditBench.entry(2));
            store.maintain();

            assertThat(store.audit().orElseThrow().verify().batches()).isEqualTo(2);
        }
    }

    private JdbcStore open(Duration interval) {
        return JdbcStore.builder()
                .h2File(folder.resolve("runs"))
                .pool(1, 10)
                .audit(AuditConfig.DEFAULT
                        .withKeys(AuditBench.keys(AuditBench.key('a')))
                        .withSealing(interval, AuditBench.BATCH))
                .build();
    }
}
