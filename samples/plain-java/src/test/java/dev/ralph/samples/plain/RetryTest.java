/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RetryPolicy;
import dev.ralph.RunId;
import dev.ralph.spi.Claim;
import dev.ralph.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were given up because the processes that worked on them died: they are found, and go on. */
@Tag("integration")
class RetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private WaitingAgent agent;

    @BeforeEach
    void create() throws Exception {
        agent = new WaitingAgent(folder, Repository.create(folder));
    }

    @Test
    void aWorkerGoesOnWithItOnceItIsRetried() throws Exception {
        try (Postgres server = new Postgres()) {
            String database = server.migrated(folder);
            RalphProcess.Setup ralph =
                    new RalphProcess.Setup(folder, folder.resolve("home")).with("DATABASE_URL", database);
            String id = ralph.here(agent.submit("--quiet")).out().strip();
            try (JdbcStore store = JdbcStore.builder().url(database).build()) {
                dieOf(id, store);
            }
            agent.release(1);
            agent.release(2);
            try (RalphProcess worker = ralph.start("worker").awaitOutput(id + "  ended: DEAD_LETTERED")) {
                assertThat(ralph.here("list", "--reason", "dead_lettered").out())
                        .contains(id);
                assertThat(ralph.here("list", "--reason", "completed,cancelled").out())
                        .contains("No runs");

                var retried = ralph.here("retry", id);
                assertThat(retried.code()).as(retried.all()).isZero();
                assertThat(retried.out()).contains("Run " + id + " is queued again; a worker takes it up.");

                worker.awaitOutput(id + "  ended: COMPLETED");
                worker.signal("TERM");
                var end = worker.await();
                assertThat(end.code()).as(end.all()).isZero();
            }
            assertThat(agent.launches()).containsExactly("1", "2");
            assertThat(ralph.here("list", "--reason", "dead_lettered").out()).contains("No runs");
            assertThat(ralph.here("retry", id).err()).contains("only one that was dead-lettered");
        }
    }

    @Test
    void withoutAQueueItIsResumedOnceItIsRetried() throws Exception {
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder);
        try (RalphProcess first = ralph.start(agent.run("--quiet"))) {
            agent.await(1);
            first.signal("INT");
            agent.release(1);
            first.await();
        }
        agent.release(2);
        String id = firstWord(ralph.here("list", "--status", "queued").out());
        try (JdbcStore store = JdbcStore.builder()
                .sharedH2File(folder.resolve("home").resolve("runs"))
                .build()) {
            dieOf(id, store);
        }
        assertThat(ralph.here("resume", id).code()).isEqualTo(ExitCode.DEAD_LETTERED.code());

        var retried = ralph.here("retry", id);

        assertThat(retried.code()).as(retried.all()).isZero();
        assertThat(retried.out()).contains("Run " + id + " is queued again.", "Go on with: ralph resume " + id);
        var end = ralph.here("resume", id);
        assertThat(end.code()).as(end.all()).isZero();
        assertThat(agent.launches()).containsExactly("1", "2");
    }

    @Test
    void aReasonThatIsNoneIsNamedWithThoseThereAre() throws Exception {
        var unknown = new RalphProcess.Setup(folder).here("list", "--reason", "killed");

        assertThat(unknown.code()).as(unknown.all()).isEqualTo(2);
        assertThat(unknown.err()).contains("--reason", "DEAD_LETTERED", "'killed'");
    }

    /** As processes do that die as soon as they have the run. */
    private static void dieOf(String id, JdbcStore store) {
        for (int death = 1; death <= RetryPolicy.DEFAULT.maxTakeovers(); death++) {
            String owner = "dies-" + death;
            Awaitility.await(owner + " has the run")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> store.claim(RunId.parse(id), owner, Duration.ofMillis(1), Set.of(1))
                            instanceof Claim.Granted);
        }
    }

    private static String firstWord(String table) {
        return table.lines().skip(1).findFirst().orElseThrow().split("\\s", 2)[0];
    }
}
