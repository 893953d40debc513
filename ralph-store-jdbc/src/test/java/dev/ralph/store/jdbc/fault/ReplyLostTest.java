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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The database commits, and the connection breaks before it has said so. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class ReplyLostTest {

    private static final int RUNS = 16;
    private static final int TIMES = 30;
    private static final long SEED = 20261127;

    /** What a run does again and again; it is taken up and ends only once if all goes well. */
    private static final List<StepKind> AGAIN_AND_AGAIN =
            List.of(StepKind.STARTED, StepKind.SETTLED, StepKind.VERIFIED, StepKind.CHECKPOINTED);

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("reply lost after commit, every other time")
    void theStoreKnowsItsOwnCommits(Figures figures) throws Exception {
        Random random = new Random(SEED);
        AtomicBoolean losing = new AtomicBoolean();
        String[] tasks = Arena.tasks("reply", RUNS);
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open();
                PostgresProxy proxy =
                        PostgresProxy.start(DATABASE.server().port(), () -> losing.get() && random.nextBoolean())) {
            ChildJvm node = arena.start(
                    arena.hostWithRepositories("host", tasks),
                    arena.order("node", DATABASE.url("node", proxy), tasks)
                            .leases(Duration.ofSeconds(3), Duration.ofMillis(1400))
                            .withCheckpoints());
            losing.set(true);
            arena.await(
                    TIMES + " steps of each kind that were recognised",
                    () -> recognised(arena).entrySet().stream()
                                    .filter(kind -> AGAIN_AND_AGAIN.contains(kind.getKey()) && kind.getValue() >= TIMES)
                                    .count()
                            == AGAIN_AND_AGAIN.size());
            arena.finish(tasks);
            arena.awaitCompleted(node, tasks);

            RunAudit audit = RunAudit.of(store, DATABASE.log(), arena, tasks);
            Map<StepKind, Integer> recognised = recognised(arena);
            assertThat(recognised).containsKeys(StepKind.TAKEN_UP, StepKind.ENDED);
            figures.add("replies lost", proxy.lost())
                    .add("steps recognised when repeated", recognised)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned());
        }
    }

    /** Steps that got no answer, and were known when they were repeated, by their kind. */
    private static Map<StepKind, Integer> recognised(Arena arena) {
        Map<StepKind, Integer> recognised = new EnumMap<>(StepKind.class);
        Set<Object> unanswered = new HashSet<>();
        for (Ack ack : arena.acks()) {
            List<Object> step = List.of(ack.run(), ack.version(), ack.step());
            if (!ack.answered()) {
                unanswered.add(step);
            } else if (unanswered.remove(step)) {
                recognised.merge(ack.step(), 1, Integer::sum);
            }
        }
        return recognised;
    }
}
