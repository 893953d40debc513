/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.Verification;
import dev.ralph.spi.Creation;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How runs come into a store and are found again. */
interface CreationRules extends StoreRules {

    @Test
    default void aNewRunIsStoredAsItWasGiven() {
        String task = StoreBench.unique("task");
        NewRun run = Samples.newRun(task, "tenant-1", Samples.NOW);

        Creation creation = bench().store().create(run);

        RunSnapshot snapshot = new RunSnapshot(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                RunStatus.QUEUED,
                null,
                Verification.NONE,
                null,
                RunProgress.NONE,
                run.createdAt(),
                run.createdAt(),
                null,
                null,
                null,
                null,
                0);
        StoredRun expected = new StoredRun(snapshot, run.spec(), run.state(), 0, 0, 1, null);
        assertThat(creation.created()).isTrue();
        assertSame(creation.run(), expected);
        assertSame(bench().other().find(run.id()).orElseThrow(), expected);
        assertSame(bench().other().findByTask(task).orElseThrow(), expected);
    }

    @Test
    default void aNewRunHasItsFirstEvent() {
        NewRun run = Samples.newRun();

        bench().create(run);

        assertThat(bench().other().events(run.id(), 0, 10)).containsExactly(run.submitted());
    }

    @Test
    default void whatARunMayLackMayBeMissing() {
        NewRun run = Samples.newRun(null, null, null, Map.of(), List.of(), Samples.NOW);

        bench().create(run);

        RunSnapshot stored = bench().row(run.id()).snapshot();
        assertThat(stored.taskId()).isNull();
        assertThat(stored.tenant()).isNull();
        assertThat(stored.subject()).isNull();
        assertThat(stored.labels()).isEmpty();
        assertThat(stored.agents()).isEmpty();
    }

    @Test
    default void agentsKeepTheirOrder() {
        List<String> agents = List.of("zeta", "alpha", "mid");

        RunId run = bench().create(Samples.newRun(null, null, null, Map.of(), agents, Samples.NOW));

        assertThat(bench().row(run).snapshot().agents()).isEqualTo(agents);
    }

    @Test
    default void aStartDelayShowsAsTheTimeTheRunGoesOn() {
        NewRun run = Samples.withDelay(Duration.ofMinutes(10));
        Instant before = bench().time();

        bench().create(run);

        Instant from = Objects.requireNonNull(bench().row(run.id()).snapshot().wakeAt())
                .minus(Duration.ofMinutes(10));
        if (!from.equals(run.createdAt())) {
            assertThat(from).as("else it counts by the store's clock").isBetween(before, bench().time());
        }
    }

    @Test
    default void creatingARunAgainAnswersTheStoredOneAsItIsNow() {
        NewRun run = Samples.newRun();
        bench().create(run);
        bench().claim(run.id()).step().events(1).committed();

        Creation again = bench().other().create(run);

        assertThat(again.created()).isFalse();
        assertThat(again.run().snapshot().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(again.run().snapshot().version()).isEqualTo(1);
        assertThat(bench().store().events(run.id(), 0, 10)).hasSize(2);
    }

    @Test
    default void aTaskIdBelongsToTheFirstRunThatHasIt() {
        NewRun first = Samples.newRun();
        NewRun second = Samples.newRun(first.taskId(), first.tenant(), Samples.NOW.plusSeconds(1));
        bench().create(first);

        Creation creation = bench().other().create(second);

        assertThat(creation.created()).isFalse();
        assertThat(creation.run().snapshot().id()).isEqualTo(first.id());
        assertThat(bench().store().find(second.id())).isEmpty();
        assertThat(bench().store().events(second.id(), 0, 10)).isEmpty();
    }

    @Test
    default void aTaskIdStaysTakenOnceItsRunHasEnded() {
        OwnedRun ended = bench().createEnded();
        String task = ended.row().snapshot().taskId();

        Creation creation = bench().store().create(Samples.newRun(task, null, Samples.NOW));

        assertThat(creation.created()).isFalse();
        assertThat(creation.run().snapshot().id()).isEqualTo(ended.id());
    }

    @Test
    default void taskIdsThatDifferInCaseAloneAreTwo() {
        String task = StoreBench.unique("task");

        bench().create(Samples.newRun(task, null, Samples.NOW));
        Creation upper = bench().store().create(Samples.newRun(task.toUpperCase(Locale.ROOT), null, Samples.NOW));

        assertThat(upper.created()).isTrue();
    }

    @Test
    default void runsWithoutATaskIdAreDistinct() {
        NewRun first = Samples.newRun(null, null, Samples.NOW);
        NewRun second = Samples.newRun(null, null, Samples.NOW);

        assertThat(bench().store().create(first).created()).isTrue();
        assertThat(bench().store().create(second).created()).isTrue();
    }

    @Test
    default void manyWhoCreateOneTaskAtOnceGetOneRun() throws Exception {
        Together.repeat(5, 20, start -> assertOneRun(StoreBench.unique("task"), start));
    }

    @Test
    default void whoeverCreatesATaskAtOnceWithOthersGetsTheSameRun() throws Exception {
        Together.repeat(bench().rounds(), StoreBench.RACERS, start -> assertOneRun(StoreBench.unique("task"), start));
    }

    @Test
    default void manyWhoCreateOneRunAtOnceCreateItOnce() throws Exception {
        Together.repeat(bench().rounds(), StoreBench.RACERS, start -> {
            NewRun run = Samples.newRun(null, null, Samples.NOW);

            List<Creation> creations = start.go(thread -> bench().node(thread).create(run));

            assertThat(creations).filteredOn(Creation::created).hasSize(1);
            assertThat(bench().store().events(run.id(), 0, 10)).hasSize(1);
        });
    }

    @Test
    default void whatNobodyKnowsIsEmpty() {
        RunId nobody = RunId.create(Samples.NOW);

        assertThat(bench().store().find(nobody)).isEmpty();
        assertThat(bench().store().findByTask(StoreBench.unique("task"))).isEmpty();
        assertThat(bench().store().events(nobody, 0, 10)).isEmpty();
        assertThat(bench().store().commands(nobody, 0)).isEmpty();
        assertThat(bench().store().iterations(nobody, 0, 10)).isEmpty();
        assertThat(bench().store().attempts(nobody, 1)).isEmpty();
        assertThat(bench().store().gates(nobody)).isEmpty();
        assertThat(bench().store().checkpoints(nobody)).isEmpty();
        assertThat(bench().store().reportedUsage(nobody, 1, 1)).isEmpty();
    }

    private void assertOneRun(String task, Together.Start start) throws Exception {
        List<Creation> creations = start.go(
                thread -> bench().node(thread).create(Samples.newRun(task, null, Samples.NOW.plusMillis(thread))));

        assertThat(creations).filteredOn(Creation::created).hasSize(1);
        assertThat(creations)
                .extracting(creation -> creation.run().snapshot().id())
                .containsOnly(bench().store()
                        .findByTask(task)
                        .orElseThrow()
                        .snapshot()
                        .id());
    }

    private static void assertSame(StoredRun actual, StoredRun expected) {
        assertThat(actual).usingRecursiveComparison(Samples.SAME_VALUES).isEqualTo(expected);
    }
}
