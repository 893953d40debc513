/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunSnapshot;
import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose clocks are five minutes ahead and five minutes behind. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class WrongClockTest {

    private static final Duration ERROR = Duration.ofMinutes(5);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int RENEWALS = 20;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("node clocks 5 minutes ahead and behind")
    void nobodyStealsARunAndNobodyLosesOne(Figures figures) throws Exception {
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            Map<String, Callable<Long>> work = new LinkedHashMap<>();
            for (int i = 0; i < 2; i++) {
                String task = "clock-" + i;
                work.put(task + "-ahead", () -> work(arena, store, task + "-ahead", ERROR));
                work.put(task + "-behind", () -> work(arena, store, task + "-behind", ERROR.negated()));
            }
            LongSummaryStatistics late = new LongSummaryStatistics();
            Lanes.run(work.size(), work).forEach(late::accept);
            int claims = 0;
            for (String task : work.keySet()) {
                claims += claims(store, task).size();
            }
            figures.add("runs, each kept for " + RENEWALS + " renewals beside a node that wanted it", work.size())
                    .add("claims of them", claims)
                    .addMillis("after the owner's death and the end of its lease another node had it", late);
        }
    }

    /** Gives how many milliseconds after the end of the dead owner's lease the other node claimed the run. */
    private static long work(Arena arena, Store store, String task, Duration error) throws Exception {
        String owner = task + "-owner";
        String other = task + "-other";
        Path host = arena.host("host-of-" + task, task);
        arena.hold(task);
        ChildJvm first = arena.start(host, order(arena, owner, task).clockAheadBy(error));
        arena.awaitAgent(task, owner);
        ChildJvm second = arena.start(host, order(arena, other, task).clockAheadBy(error.negated()));
        int before = renewals(store, task, owner);
        arena.await("the owner's lease is renewed", () -> renewals(store, task, owner) >= before + RENEWALS);
        assertThat(claims(store, task))
                .as("who had the run while its owner lived")
                .extracting(WriteLog.Write::node)
                .containsExactly(owner);

        first.kill();
        Instant died = Instant.now();
        arena.awaitAgent(task, other);
        arena.finish(task);
        arena.release(task);
        arena.awaitCompleted(second, task);

        RunAudit.of(store, DATABASE.log(), arena, task);
        List<WriteLog.Write> claims = claims(store, task);
        assertThat(claims).extracting(WriteLog.Write::node).containsExactly(owner, other);
        RunSnapshot run = store.findByTask(task).orElseThrow().snapshot();
        assertThat(run.progress().runtime())
                .as("runtime of %s", task)
                .isLessThan(Duration.between(claims.get(0).at(), Instant.now()));
        Instant leaseEnd = writes(store, task).stream()
                .filter(write -> write.node().equals(owner) && write.leaseUntil() != null)
                .map(WriteLog.Write::leaseUntil)
                .max(Instant::compareTo)
                .orElseThrow();
        assertThat(claims.get(1).at()).isAfterOrEqualTo(leaseEnd);
        assertThat(leaseEnd).isBefore(died.plus(LEASE));
        return Duration.between(leaseEnd, claims.get(1).at()).toMillis();
    }

    private static int renewals(Store store, String task, String node) throws Exception {
        return (int) writes(store, task).stream()
                .filter(write -> write.isOfRun() && write.node().equals(node))
                .map(WriteLog.Write::leaseUntil)
                .distinct()
                .count();
    }

    private static List<WriteLog.Write> claims(Store store, String task) throws Exception {
        return WriteLog.claims(writes(store, task));
    }

    private static List<WriteLog.Write> writes(Store store, String task) throws Exception {
        return DATABASE.log().of(store.findByTask(task).orElseThrow().snapshot().id());
    }

    private static NodeOrder order(Arena arena, String name, String task) {
        return arena.order(name, DATABASE.url(name), task).leases(LEASE, Duration.ofMillis(1400));
    }
}
