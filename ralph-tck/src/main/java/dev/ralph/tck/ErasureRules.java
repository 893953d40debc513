/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.StoreException;
import dev.ralph.spi.NewRun;
import dev.ralph.tck.EndedRuns.Known;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What erasing a subject leaves: that there were runs, how they ended and what they cost. Of a store that cannot erase, every
 * rule asks that it says so and touches nothing.
 */
interface ErasureRules extends StoreRules {

    /** Whether the store erases subjects; a store that does not refuses to. */
    boolean erases();

    @Test
    default void anErasedRunIsListedWithoutAnythingOfItsSubject() {
        erasing(subject -> {
            Known run = runs().make(subject);
            RunSnapshot before = runs().listed(run);

            assertThat(bench().store().erase(subject, List.of())).isEqualTo(1);

            RunSnapshot after = runs().listed(run);
            assertThat(after.subject()).as("subject").isNull();
            assertThat(after.taskId()).as("task id").isNull();
            assertThat(after.labels()).as("labels").isEmpty();
            assertThat(after.detail()).as("detail").isNull();
            assertThat(after)
                    .usingRecursiveComparison(Samples.SAME_VALUES)
                    .ignoringFields("subject", "taskId", "labels", "detail", "owner", "updatedAt", "version")
                    .isEqualTo(before);
            assertThat(bench().other()
                            .list(RunQuery.NEWEST.withSubject(subject))
                            .items())
                    .isEmpty();
        });
    }

    @Test
    default void anErasedRunIsFoundNoMore() {
        erasing(subject -> {
            Known first = runs().make(subject);
            Known second = runs().make(subject);

            assertThat(bench().store().erase(subject, List.of())).isEqualTo(2);

            runs().assertFoundNoMore(first);
            runs().assertFoundNoMore(second);
        });
    }

    @Test
    default void theTaskIdOfAnErasedRunIsFree() {
        erasing(subject -> {
            Known run = runs().make(subject);
            bench().store().erase(subject, List.of());
            NewRun next = Samples.newRun(run.task(), run.tenant(), Samples.NOW);

            assertThat(bench().other().create(next).created()).isTrue();

            assertThat(bench().store().findByTask(run.task()))
                    .hasValueSatisfying(
                            found -> assertThat(found.snapshot().id()).isEqualTo(next.id()));
        });
    }

    @Test
    default void whatErasedRunsCostStays() {
        erasing(subject -> {
            Known run = runs().make(subject);
            CostQuery query = CostQuery.ALL.withTenant(run.tenant()).perDay().perAgent();
            List<CostSum> before = bench().store().costs(query);
            assertThat(before).hasSize(1);

            bench().store().erase(subject, List.of());

            assertThat(bench().other().costs(query))
                    .usingRecursiveComparison(Samples.SAME_VALUES)
                    .isEqualTo(before);
        });
    }

    @Test
    default void nothingIsErasedWhileARunOfTheSubjectHasNotEnded() {
        erasing(subject -> {
            String principal = StoreBench.unique("ann");
            Known ended = runs().make(subject);
            OwnedRun open = runs().open(subject, ended.tenant(), StoreBench.unique("task"));

            assertThatExceptionOfType(RunStateException.class)
                    .isThrownBy(() -> bench().store().erase(subject, List.of(EndedRuns.entry(principal))))
                    .withMessageContaining(open.id().toString());

            runs().assertWhole(ended);
            assertThat(open.row().snapshot().subject()).isEqualTo(subject);
            assertThat(runs().told(principal)).isEmpty();
        });
    }

    @Test
    default void nothingIsErasedWhileADeadLetterOfTheSubjectIsToGoOn() {
        erasing(subject -> {
            Known dead = runs().retried(subject);

            assertThatExceptionOfType(RunStateException.class)
                    .isThrownBy(() -> bench().store().erase(subject, List.of()))
                    .withMessageContaining(dead.id().toString());

            runs().assertGoesOn(dead);
            assertThat(bench().store().erase(subject, List.of())).isEqualTo(1);
        });
    }

    @Test
    default void erasingBringsItsEntries() {
        erasing(subject -> {
            String principal = StoreBench.unique("ann");
            runs().make(subject);

            bench().store().erase(subject, List.of(EndedRuns.entry(principal)));
            bench().store().erase(StoreBench.unique("nobody"), List.of(EndedRuns.entry(principal)));

            assertThat(runs().told(principal)).hasSize(2);
        });
    }

    @Test
    default void erasingAgainErasesWhatHasComeSince() {
        erasing(subject -> {
            runs().make(subject);
            bench().store().erase(subject, List.of());
            Known later = runs().make(subject);

            assertThat(bench().other().erase(subject, List.of())).isEqualTo(1);

            runs().assertFoundNoMore(later);
            assertThat(bench().store().erase(subject, List.of())).isZero();
        });
    }

    @Test
    default void runsOfOthersAreNotErased() {
        erasing(subject -> {
            Known run = runs().make(subject);
            Known other = runs().make(subject + "s", run.tenant());
            Known nobodys = runs().make(null, run.tenant());

            bench().store().erase(subject, List.of());

            runs().assertWhole(other);
            runs().assertWhole(nobodys);
            assertThat(runs().listed(other).subject()).isEqualTo(subject + "s");
            assertThat(runs().listed(other).labels()).containsEntry("team", "blue");
        });
    }

    /** The rule, on a subject of its own, or that the store refuses. */
    private void erasing(ErasureRule rule) {
        String subject = StoreBench.unique("subject");
        if (erases()) {
            rule.of(subject);
            return;
        }
        Known run = runs().make(subject);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> bench().store().erase(subject, List.of()));
        runs().assertWhole(run);
    }

    private EndedRuns runs() {
        return new EndedRuns(bench());
    }

    /** What must hold of a subject. */
    interface ErasureRule {
        void of(String subject);
    }
}
