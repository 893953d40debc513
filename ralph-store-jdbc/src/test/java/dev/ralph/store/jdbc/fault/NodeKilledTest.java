/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunSnapshot;
import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.fault.Boundary.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nodes die, one after the other, each at another boundary of a transaction. Their runs draw from one budget. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
@Isolated("its processes need the whole machine, and others bound times")
class NodeKilledTest {

    private static final int RUNS = 5;
    private static final long SEED = 20261127;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(1_500)
    @DisplayName("kill -9 of the node, before and after each transaction of ADR 4 and while an agent works")
    void nothingIsLostAndNothingRunsTwice(Figures figures) throws Exception {
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            SharedBudget budget = SharedBudget.define(DATABASE, store, "tenant-1");
            List<KilledRun> runs = new ArrayList<>();
            Map<String, Callable<Integer>> lives = new LinkedHashMap<>();
            for (int i = 0; i < RUNS; i++) {
                KilledRun run = new KilledRun(arena, DATABASE, budget, i, RUNS, new Random(SEED + i));
                runs.add(run);
                lives.put(run.task(), run::killAgainAndAgain);
            }
            requireEveryTransaction(runs);
            int kills =
                    Lanes.run(RUNS, lives).stream().mapToInt(Integer::intValue).sum();
            RunAudit audit = new RunAudit(0, 0, 0, 0, 0);
            List<RunSnapshot> ended = new ArrayList<>();
            for (KilledRun run : runs) {
                audit = audit.plus(run.audit(store));
                ended.add(store.findByTask(run.task()).orElseThrow().snapshot());
            }
            assertThat(kills).isGreaterThanOrEqualTo(200);
            figures.add("kills", kills)
                    .add("runs", RUNS)
                    .add("kinds of transactions", StepKind.values().length)
                    .add("steps acknowledged, all there", AckAudit.requireStored(arena.acks(), store))
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts", audit.attempts())
                    .add("of them repeated because nobody saw their end", audit.abandoned())
                    .add("rows written, each by the owner or as a command", audit.writes());
            budget.audit(ended, figures);
        }
    }

    /** Each lane fails if its node does not come to where it is to die, so what is planned here is what happens. */
    private static void requireEveryTransaction(List<KilledRun> runs) {
        Map<StepKind, Set<Moment>> hit = runs.stream()
                .flatMap(run -> run.boundaries().stream())
                .collect(Collectors.groupingBy(
                        Boundary::step, TreeMap::new, Collectors.mapping(Boundary::moment, Collectors.toSet())));
        for (StepKind kind : StepKind.values()) {
            assertThat(hit.get(kind)).as("where nodes die at %s", kind).containsExactlyInAnyOrder(Moment.values());
        }
    }
}
