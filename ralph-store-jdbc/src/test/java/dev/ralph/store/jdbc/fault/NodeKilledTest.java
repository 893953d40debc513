/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nodes die, one after the other, each at another boundary of a step. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class NodeKilledTest {

    /** Each run sees its nodes die at every boundary once, and once while an agent works. */
    private static final int RUNS = 12;

    private static final int RUNS_AT_ONCE = 4;
    private static final long SEED = 20261127;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("kill -9 of the node, before and after each commit and while an agent works")
    void nothingIsLostAndNothingRunsTwice(Figures figures) throws Exception {
        int kills = 0;
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            Map<String, Callable<Integer>> lives = new LinkedHashMap<>();
            for (int i = 0; i < RUNS; i++) {
                String task = "killed-" + i;
                Random random = new Random(SEED + i);
                lives.put(task, () -> killAgainAndAgain(arena, task, random));
            }
            for (int ofOneRun : Lanes.run(RUNS_AT_ONCE, lives)) {
                kills += ofOneRun;
            }
            RunAudit audit =
                    RunAudit.of(store, DATABASE.log(), arena, lives.keySet().toArray(String[]::new));
            figures.add("kills", kills)
                    .add("runs", RUNS)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned())
                    .add("rows written, each by the owner", audit.writes());
        }
    }

    private static int killAgainAndAgain(Arena arena, String task, Random random) throws Exception {
        Path host = arena.hostWithRepositories("host-of-" + task, task);
        List<@Nullable Boundary> deaths = deaths(random);
        for (int i = 0; i < deaths.size(); i++) {
            Boundary death = deaths.get(i);
            if (death != null && death.step() == StepKind.ENDED && death.moment() == Boundary.Moment.BEFORE_COMMIT) {
                arena.finish(task);
            }
            String name = task + "-node-" + i;
            if (death == null) {
                arena.hold(task);
            }
            NodeOrder order = arena.order(name, DATABASE.url(name), task)
                    .withCheckpoints()
                    .stoppingAt(death);
            try (ChildJvm node = arena.start(host, order)) {
                if (death == null) {
                    arena.awaitAgent(task, name);
                } else {
                    node.await("at " + death, Arena.BOUND);
                }
                node.kill();
            }
            if (death == null) {
                arena.await("the agent of " + task + " is dead", () -> !arena.agentAlive(task));
                arena.release(task);
            }
        }
        return deaths.size();
    }

    /** Null is while an agent works. A run begins with its creation and ends with its end; in between in any order. */
    private static List<@Nullable Boundary> deaths(Random random) {
        List<@Nullable Boundary> between = new ArrayList<>();
        between.add(null);
        for (StepKind step : StepKind.values()) {
            if (step != StepKind.CREATED && step != StepKind.ENDED) {
                between.add(Boundary.before(step));
                between.add(Boundary.after(step));
            }
        }
        Collections.shuffle(between, random);
        List<@Nullable Boundary> deaths = new ArrayList<>();
        deaths.add(Boundary.before(StepKind.CREATED));
        deaths.add(Boundary.after(StepKind.CREATED));
        deaths.addAll(between);
        deaths.add(Boundary.before(StepKind.ENDED));
        deaths.add(Boundary.after(StepKind.ENDED));
        return deaths;
    }
}
