/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people read of runs comes out of a cache if the host asks for it, and is what happened. */
class CachedReadsTest {

    @RegisterExtension
    private final Playground play = new Playground();

    @Test
    void nothingIsCachedUnasked() {
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE"));

        ralph.list(RunQuery.NEWEST);

        assertThat(ralph.cacheFigures()).isEmpty();
    }

    @Test
    void aRunThatEndedIsReadAsEndedAtOnce() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE").property("RALPH_CACHE", "memory"));
        Run run = ralph.submit(
                Playground.task(play.directory("work")).taskId("task").build());
        assertThat(ralph.find(run.id())).isPresent();

        assertThat(Playground.result(run).reason()).isEqualTo(StopReason.COMPLETED);

        assertThat(run.snapshot().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(ralph.findByTaskId("task").orElseThrow().snapshot().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(ralph.list(RunQuery.NEWEST).items())
                .extracting(RunSnapshot::status)
                .containsExactly(RunStatus.COMPLETED);
    }

    @Test
    void whatIsAskedAgainIsNotReadAgain() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE").property("RALPH_CACHE", "memory"));
        Run run = ralph.submit(Playground.task(play.directory("work")).build());
        Playground.result(run);
        run.snapshot();
        ralph.list(RunQuery.NEWEST);
        ralph.agents();
        long before = hits(ralph, "runs");

        for (int time = 0; time < 10; time++) {
            assertThat(ralph.find(run.id()).orElseThrow().snapshot().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(ralph.list(RunQuery.NEWEST).items()).hasSize(1);
            assertThat(ralph.agents()).isNotEmpty();
        }

        assertThat(hits(ralph, "runs")).isGreaterThanOrEqualTo(before + 19);
        assertThat(hits(ralph, "lists")).isGreaterThanOrEqualTo(9);
        assertThat(hits(ralph, "agents")).isEqualTo(10);
    }

    private static long hits(Orchestrator ralph, String region) {
        return Objects.requireNonNull(ralph.cacheFigures().get(region)).hits();
    }

    @Test
    void aCacheThatIsNotThereIsNotReplacedByAnother() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        Orchestrator.builder().property("RALPH_CACHE", "reddis").build())
                .withMessageContaining("'reddis'")
                .withMessageContaining("memory")
                .withMessageContaining("'none'");
    }

    @Test
    void aTimeOutsideItsRangeIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Orchestrator.builder()
                        .property("RALPH_CACHE", "memory")
                        .property("RALPH_CACHE_LIST_TTL", "0")
                        .build())
                .withMessageContaining("RALPH_CACHE_LIST_TTL is 0")
                .withMessageContaining("1 to 3600");
    }
}
