/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The database is away for longer than a lease, while agents work. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class DatabaseAwayTest {

    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration MARGIN = Duration.ofMillis(1900);
    private static final int RUNS = 4;
    private static final int TIMES = 3;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.onItsOwnServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("server stopped (SIGSTOP) for longer than the lease")
    void aServerThatHangs(Figures figures) throws Exception {
        Postmaster server = Postmaster.of(DATABASE.server());
        try (PostgresProxy proxy = PostgresProxy.start(DATABASE.server().port(), () -> false)) {
            leave("hangs", proxy, server::suspend, server::goOn, figures);
        }
    }

    @Test
    @Timeout(600)
    @DisplayName("no connection to the server for longer than the lease")
    void aServerThatIsNotThere(Figures figures) throws Exception {
        try (PostgresProxy proxy = PostgresProxy.start(DATABASE.server().port(), () -> false)) {
            leave("gone", proxy, proxy::cutOff, proxy::heal, figures);
        }
    }

    private void leave(String name, PostgresProxy proxy, Switch away, Switch back, Figures figures) throws Exception {
        String[] tasks = Arena.tasks(name, RUNS);
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            arena.hold(tasks);
            ChildJvm node = arena.start(
                    arena.host("host", tasks),
                    arena.order(name, DATABASE.url(name, proxy), tasks).leases(LEASE, MARGIN));
            for (int time = 1; time <= TIMES; time++) {
                int attempt = time;
                arena.await("agents at work", () -> allAt(arena, attempt, tasks));
                away.turn();
                Instant left = Instant.now();
                try {
                    arena.await("every agent is dead", () -> !anyAlive(arena, tasks));
                    arena.await("the leases are over", () -> Instant.now().isAfter(left.plus(LEASE)));
                } finally {
                    back.turn();
                }
            }
            arena.await("agents at work again", () -> allAt(arena, TIMES + 1, tasks));
            arena.finish(tasks);
            arena.release(tasks);
            arena.awaitCompleted(node, tasks);

            RunAudit audit = RunAudit.of(store, DATABASE.log(), arena, tasks);
            LongSummaryStatistics early = new LongSummaryStatistics();
            for (String task : tasks) {
                early.combine(deadBeforeTheEnd(store, arena, task));
            }
            assertThat(early.getCount()).as("agents killed").isPositive();
            assertThat(early.getMin()).isPositive();
            figures.add("times", TIMES)
                    .add("agents killed", early.getCount())
                    .addMillis("before the end of their leases they were dead", early)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned());
        }
    }

    private static boolean allAt(Arena arena, int attempt, String... tasks) {
        return List.of(tasks).stream()
                .allMatch(task ->
                        arena.marks(task).stream().anyMatch(mark -> mark.is("alive") && mark.attempt() == attempt));
    }

    private static boolean anyAlive(Arena arena, String... tasks) throws Exception {
        for (String task : tasks) {
            if (arena.agentAlive(task)) {
                return true;
            }
        }
        return false;
    }

    /** How many milliseconds before the end of each lease that lapsed its agent gave its last sign of life. */
    private static LongSummaryStatistics deadBeforeTheEnd(Store store, Arena arena, String task) throws Exception {
        LongSummaryStatistics early = new LongSummaryStatistics();
        List<WriteLog.Write> writes = DATABASE.log()
                .of(store.findByTask(task).orElseThrow().snapshot().id());
        List<WriteLog.Write> claims = WriteLog.claims(writes);
        for (WriteLog.Write claim : claims.subList(1, claims.size())) {
            Instant end = writes.stream()
                    .filter(write -> write.number() < claim.number() && write.leaseUntil() != null)
                    .reduce((first, second) -> second)
                    .map(WriteLog.Write::leaseUntil)
                    .orElseThrow();
            long lastSign = arena.marks(task).stream()
                    .mapToLong(Mark::at)
                    .filter(at -> at < nanos(claim.at()))
                    .max()
                    .orElseThrow();
            early.accept((nanos(end) - lastSign) / 1_000_000);
        }
        return early;
    }

    private static long nanos(Instant at) {
        return Duration.between(Instant.EPOCH, at).toNanos();
    }

    @FunctionalInterface
    private interface Switch {
        void turn() throws Exception;
    }
}
