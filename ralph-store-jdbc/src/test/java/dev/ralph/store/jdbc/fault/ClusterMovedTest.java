/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CheckpointRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Run;
import dev.ralph.event.StateEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nodes die that share a database and a git remote and no folder: others go on from what was published. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterMovedTest {

    private static final int RUNS = 40;
    private static final int ITERATIONS = 6;
    private static final int NODES = 3;
    private static final int MOST_BETWEEN_KILLS = 4;
    private static final int ALL = 1_000_000;
    private static final long SEED = 20261126;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("`kill -9` of random nodes that have no folder in common, their runs on clones of git remotes")
    void runsGoOnFromWhatWasPublished(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("moving", RUNS);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.moving(task, ClusterAgents.scriptedRef(), ITERATIONS)
                                .build());
            }
            Map<String, Instant> deaths = fleet.killAtRandom(NODES, RUNS, MOST_BETWEEN_KILLS, new Random(SEED));
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            int moves = 0;
            for (String task : tasks) {
                moves += requirePublished(fleet, task);
            }
            assertThat(audit.iterations()).isEqualTo(RUNS * ITERATIONS);
            assertThat(moves).as("moves to a node that had never seen the run").isPositive();
            figures.add("kills", deaths.size())
                    .add("runs, all completed", RUNS)
                    .add(
                            "iterations, none lost or doubled, the work of each in the last checkpoint once",
                            audit.iterations())
                    .add("attempts repeated", audit.abandoned())
                    .add("moves to a node that had never seen the run", moves);
        }
    }

    /** The last checkpoint holds what recorded iterations did, and of each attempt that nobody saw the end of nothing. */
    private int requirePublished(Fleet fleet, String task) throws IOException, InterruptedException {
        Run run = fleet.front().findByTaskId(task).orElseThrow();
        List<StateEvent.WorkspaceMoved> moves = run.events(0, ALL).stream()
                .filter(StateEvent.WorkspaceMoved.class::isInstance)
                .map(StateEvent.WorkspaceMoved.class::cast)
                .toList();
        assertThat(moves).as("the remote was never away from %s", task).allMatch(move -> move.lostIteration() == 0);
        List<String> recorded = new ArrayList<>();
        for (IterationRecord iteration : run.iterations(0, ALL)) {
            recorded.add(iteration.iteration() + " " + iteration.attempts());
        }
        List<CheckpointRecord> checkpoints = run.checkpoints();
        CheckpointRecord last = checkpoints.get(checkpoints.size() - 1);
        Path remote = fleet.remote(task);
        assertThat(Arena.git(remote, "show", last.commit() + ":work").lines())
                .as("what the last checkpoint of %s holds", task)
                .containsExactlyElementsOf(recorded);
        Set<String> refs = Arena.git(remote, "for-each-ref", "--format=%(objectname) %(refname)", "refs/ralph")
                .lines()
                .collect(Collectors.toSet());
        assertThat(refs)
                .as("every recorded checkpoint of %s is on the remote", task)
                .containsAll(checkpoints.stream()
                        .map(checkpoint -> checkpoint.commit() + " " + checkpoint.ref())
                        .toList());
        return moves.size();
    }
}
