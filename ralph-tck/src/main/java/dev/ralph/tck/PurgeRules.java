/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.tck.EndedRuns.Known;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What ended before a moment goes as a whole, and nothing else does. These rules purge what other tests left as well. Of a
 * store that cannot purge, every rule asks that it says so and touches nothing.
 */
interface PurgeRules extends StoreRules {

    /** Whether the store purges; a store that does not refuses to. */
    boolean purges();

    @Test
    default void aRunThatEndedBeforeIsGone() {
        purging(run -> {
            Instant justAfter = end(run).plusMillis(1);

            assertThat(bench().store().purge(justAfter)).isEqualTo(1);

            runs().assertFoundNoMore(run);
            assertThat(bench().other()
                            .list(RunQuery.NEWEST.withTenant(run.tenant()))
                            .items())
                    .isEmpty();
            assertThat(bench().other()
                            .create(Samples.newRun(run.task(), run.tenant(), Samples.NOW))
                            .created())
                    .as("whether the task id is free")
                    .isTrue();
            assertThat(bench().store().purge(justAfter)).isZero();
        });
    }

    @Test
    default void aRunThatEndedAtTheMomentStays() {
        purging(run -> {
            assertThat(bench().store().purge(end(run))).isZero();

            runs().assertWhole(run);
        });
    }

    @Test
    default void aRunThatHasNotEndedStays() {
        purging(ended -> {
            OwnedRun open = runs().open(null, ended.tenant(), StoreBench.unique("task"));

            assertThat(bench().store().purge(end(ended).plusMillis(1))).isEqualTo(1);

            open.step().events(1).committed();
            assertThat(bench().other().events(open.id(), 0, 10)).hasSize(2);
        });
    }

    @Test
    default void aDeadLetterThatIsToGoOnStays() {
        purging(ended -> {
            Known dead = runs().retried(null);

            assertThat(bench().store().purge(end(dead).plusSeconds(60))).isEqualTo(1);

            runs().assertGoesOn(dead);
            assertThat(bench().store().purge(end(dead).plusSeconds(60))).isEqualTo(1);
        });
    }

    @Test
    default void purgingLeavesTheTrailAndWhatBudgetsConsumed() {
        purging(run -> {
            String principal = StoreBench.unique("ann");
            bench().store().audit().orElseThrow().record(EndedRuns.entry(principal));
            SpareBudget budget = bench().spareBudget(1_000, "5");
            OwnedRun spent = bench().createOwned();
            spent.step().reserving(budget, 100, "1").committed();
            spent.step()
                    .settling(budget, 100, "1")
                    .ending(StopReason.CANCELLED)
                    .releasing()
                    .committed();

            assertThat(bench().store().purge(end(run).plusSeconds(60))).isEqualTo(2);

            assertThat(runs().told(principal)).hasSize(1);
            budget.assertConsumed(100);
        });
    }

    /** The rule, on a run that has ended while there is no other to purge, or that the store refuses. */
    private void purging(PurgeRule rule) {
        if (purges()) {
            bench().store().purge(Samples.NOW.plusSeconds(3_600));
            rule.of(runs().make(null));
            return;
        }
        Known run = runs().make(null);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> bench().store().purge(end(run).plusMillis(1)));
        runs().assertWhole(run);
    }

    private Instant end(Known run) {
        RunSnapshot row = runs().listed(run);
        return Objects.requireNonNull(row.completedAt(), "completedAt");
    }

    private EndedRuns runs() {
        return new EndedRuns(bench());
    }

    /** What must hold of a run that has ended. */
    interface PurgeRule {
        void of(Known run);
    }
}
