/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunStateException;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other nodes do at the very moment when runs are erased or purged. */
@Tag("integration")
class ErasedMeanwhileTest {

    private static final String SUBJECT = "ann";
    private static final int MORE_THAN_A_BATCH = 101;

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.data_keys, ralph.specs, ralph.events, ralph.commands,"
                + " ralph.iterations, ralph.attempts, ralph.gates, ralph.checkpoints CASCADE");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aRunThatIsBeingToldToGoOnIsNotPurged() throws Exception {
        HeldCommit retrying = new HeldCommit("INSERT INTO ralph.commands");
        try (JdbcStore telling = open(retrying);
                JdbcStore purging = open()) {
            CanaryRun dead = dead(purging);
            Future<Long> told = threads.submit(() -> telling.append(dead.id(), UUID.randomUUID(), new Command.Retry()));
            retrying.awaitReached();
            Future<Integer> purged =
                    threads.submit(() -> purging.purge(Instant.now().plusSeconds(60)));
            DATABASE.awaitBlocked(1);

            retrying.release();

            long number = told.get();
            assertThat(purged.get()).isZero();
            assertThat(purging.find(dead.id())).isPresent();
            assertThat(purging.commands(dead.id(), number - 1)).hasSize(1);
        }
    }

    @Test
    void aRunThatIsBeingToldToGoOnIsNotErased() throws Exception {
        HeldCommit retrying = new HeldCommit("INSERT INTO ralph.commands");
        try (JdbcStore telling = open(retrying);
                JdbcStore erasing = open()) {
            CanaryRun dead = dead(erasing);
            Future<Long> told = threads.submit(() -> telling.append(dead.id(), UUID.randomUUID(), new Command.Retry()));
            retrying.awaitReached();
            Future<Integer> erased = threads.submit(() -> erasing.erase(SUBJECT, List.of()));
            DATABASE.awaitBlocked(1);

            retrying.release();

            long number = told.get();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(erased::get)
                    .withCauseInstanceOf(RunStateException.class)
                    .withMessageContaining("nothing was erased");
            assertThat(erasing.find(dead.id())).isPresent();
            assertThat(erasing.commands(dead.id(), number - 1)).hasSize(1);
        }
    }

    @Test
    void anyNumberOfRunsThatComeAndEndBeforeTheKeyIsDestroyedAreErased() throws Exception {
        try (JdbcStore other = open()) {
            AtomicBoolean came = new AtomicBoolean();
            StatementObserver meanwhile = (connection, sql, values) -> {
                if (sql.startsWith("UPDATE ralph.data_keys") && came.compareAndSet(false, true)) {
                    for (int i = 0; i < MORE_THAN_A_BATCH; i++) {
                        other.create(CanaryRun.submission(SUBJECT, "c4n4ry"));
                    }
                    DATABASE.execute("UPDATE ralph.orchestrations SET status = 'STOPPED', reason = 'CANCELLED',"
                            + " completed_at = now() WHERE subject = '" + SUBJECT + "'");
                }
            };
            try (JdbcStore erasing = open(meanwhile)) {
                assertThat(erasing.erase(SUBJECT, List.of())).isEqualTo(MORE_THAN_A_BATCH);
            }
        }
        assertThat(DATABASE.query("SELECT count(*) FROM ralph.orchestrations WHERE subject IS NOT NULL"
                        + " OR task_id IS NOT NULL OR erased_at IS NULL"))
                .isEqualTo("0");
    }

    private static CanaryRun dead(JdbcStore store) {
        CanaryRun run = CanaryRun.begin(store, SUBJECT, "c4n4ry");
        run.end(StopReason.DEAD_LETTERED);
        return run;
    }

    private static JdbcStore open() {
        return Sealing.on(DATABASE.pool(), Sealing.keys("a")).build();
    }

    private static JdbcStore open(StatementObserver observer) {
        return Sealing.on(new ObservedDataSource(DATABASE.pool(), observer), Sealing.keys("a"))
                .build();
    }
}
