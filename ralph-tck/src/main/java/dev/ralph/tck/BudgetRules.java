/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.InvalidValueException;
import dev.ralph.Reservation;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StoredRun;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared budgets: reserved before, settled after, never reserved beyond their limits however many draw from them. */
interface BudgetRules extends StoreRules {

    /** Defines a budget of its own; returns its name. */
    static String define(StoreBench bench, @Nullable Long maxTokens, @Nullable String maxCost) {
        String name = StoreBench.unique("budget");
        bench.store().defineBudget(new BudgetLimit(name, maxTokens, maxCost == null ? null : new BigDecimal(maxCost)));
        return name;
    }

    static BudgetStatus status(StoreBench bench, String budget) {
        return bench.other().budget(budget).orElseThrow(() -> new AssertionError("budget " + budget + " is gone"));
    }

    @Test
    default void aBudgetNobodyDefinedIsNotThere() {
        assertThat(bench().store().budget(StoreBench.unique("budget"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE runs; --",
                "line\nline\r\nline\ttab",
                "👩‍👩‍👧‍👦 😀 e\u0301 \u202E right to left",
                "\uFEFF\uFFFE\uFFFF",
                "\u0001\u001B[31m\u007F\u0085"
            })
    default void anOddNameIsKeptFaithfully(String text) {
        String name = text + StoreBench.unique("");

        bench().store().defineBudget(new BudgetLimit(name, 1L, null));

        assertThat(status(bench(), name).limit().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul \u0000 inside", "high \uD83D alone", "low \uDE00 alone"})
    default void aNameNoTextColumnHoldsIsKeptFaithfullyOrRefused(String text) {
        String name = text + StoreBench.unique("");
        try {
            bench().store().defineBudget(new BudgetLimit(name, 1L, null));
        } catch (InvalidValueException refused) {
            return;
        }
        assertThat(status(bench(), name).limit().name()).isEqualTo(name);
    }

    @Test
    default void aNewBudgetIsUntouched() {
        String budget = define(bench(), 1_000L, "5.50");

        assertStatus(budget, 1_000L, "5.50", 0, "0", 0, "0");
    }

    @Test
    default void reservingSetsAside() {
        String budget = define(bench(), 1_000L, "5");
        OwnedRun run = bench().createOwned();

        run.step().reserving(budget, 400, "2").committed();
        run.step().reserving(budget, 600, "3").committed();

        assertStatus(budget, 1_000L, "5", 0, "0", 1_000, "5");
    }

    @Test
    default void aReservationThatDoesNotFitIsRefusedWithTheWholeStep() {
        String budget = define(bench(), 1_000L, "5");
        OwnedRun run = bench().createOwned();
        run.step().reserving(budget, 400, "2").committed();
        StoredRun before = run.row();

        for (Reservation tooMuch : List.of(Samples.reservation(601, "1"), Samples.reservation(1, "3.01"))) {
            StepResult result = run.step()
                    .state(Samples.payload("refused"))
                    .with(new RecordChange.StartAttempt(Samples.started(1, 1)))
                    .events(2)
                    .reserving(budget, tooMuch.tokens(), tooMuch.cost().toPlainString())
                    .commit();

            assertThat(result).isInstanceOf(StepResult.BudgetRefused.class);
            assertThat(((StepResult.BudgetRefused) result).budget())
                    .usingRecursiveComparison(Samples.SAME_VALUES)
                    .isEqualTo(status(bench(), budget));
        }
        assertThat(run.row()).isEqualTo(before);
        assertThat(run.store().attempts(run.id(), 1)).isEmpty();
        assertThat(run.store().events(run.id(), 0, 10)).hasSize(1);
        assertStatus(budget, 1_000L, "5", 0, "0", 400, "2");
    }

    @Test
    default void aRefusedStepMayBeTriedAgainLater() {
        String budget = define(bench(), 100L, null);
        OwnedRun first = bench().createOwned();
        OwnedRun second = bench().createOwned();
        first.step().reserving(budget, 100, "0").committed();
        StepDraft waiting = second.step().reserving(budget, 100, "0").events(1);
        assertThat(waiting.commit()).isInstanceOf(StepResult.BudgetRefused.class);

        first.step().settling(budget, Samples.reservation(100, "0"), 0, "0").committed();

        waiting.committed();
    }

    @Test
    default void ofSeveralBudgetsNoneIsReservedIfOneRefuses() {
        String roomy = define(bench(), null, "100");
        String tight = define(bench(), null, "1");
        OwnedRun run = bench().createOwned();
        StepDraft step = run.step();
        List.of(roomy, tight).stream().sorted().forEach(name -> step.reserving(name, 0, "2"));

        StepResult result = step.commit();

        assertThat(result).isInstanceOf(StepResult.BudgetRefused.class);
        assertThat(((StepResult.BudgetRefused) result).budget().limit().name()).isEqualTo(tight);
        assertStatus(roomy, null, "100", 0, "0", 0, "0");
    }

    @Test
    default void settlingFreesTheReservationAndConsumesWhatWasUsed() {
        String budget = define(bench(), 1_000L, "5");
        OwnedRun run = bench().createOwned();
        run.step().reserving(budget, 500, "2").committed();

        run.step().settling(budget, Samples.reservation(500, "2"), 123, "0.75").committed();

        assertStatus(budget, 1_000L, "5", 123, "0.75", 0, "0");
    }

    @Test
    default void settlingIsNeverRefused() {
        String budget = define(bench(), 1_000L, "5");
        OwnedRun run = bench().createOwned();
        run.step().reserving(budget, 500, "2").committed();

        run.step().settling(budget, Samples.reservation(500, "2"), 5_000, "50").committed();

        assertStatus(budget, 1_000L, "5", 5_000, "50", 0, "0");
        assertThat(run.step().reserving(budget, 0, "0").commit())
                .as("a budget that is used up takes no reservation")
                .isInstanceOf(StepResult.BudgetRefused.class);
    }

    @Test
    default void aSumThatNoLongFitsStaysAtTheMost() {
        String budget = define(bench(), null, null);
        OwnedRun run = bench().createOwned();
        run.step().settling(budget, Reservation.NONE, 10, "0").committed();

        run.step().settling(budget, Reservation.NONE, Long.MAX_VALUE, "0").committed();

        assertStatus(budget, null, null, Long.MAX_VALUE, "0", 0, "0");
    }

    @Test
    default void settlingMoreThanIsSetAsideLeavesNothingSetAside() {
        String budget = define(bench(), 1_000L, "5");
        OwnedRun run = bench().createOwned();
        run.step().reserving(budget, 10, "1").committed();

        run.step().settling(budget, Samples.reservation(20, "2"), 1, "0.5").committed();

        assertStatus(budget, 1_000L, "5", 1, "0.5", 0, "0");
    }

    @Test
    default void aStepMaySettleAndReserveOneBudget() {
        String budget = define(bench(), 100L, null);
        OwnedRun run = bench().createOwned();
        run.step().reserving(budget, 100, "0").committed();

        run.step()
                .settling(budget, Samples.reservation(100, "0"), 40, "0")
                .reserving(budget, 60, "0")
                .committed();

        assertStatus(budget, 100L, null, 40, "0", 60, "0");
    }

    @Test
    default void aBudgetWithoutLimitsRefusesNothing() {
        String budget = define(bench(), null, null);
        OwnedRun run = bench().createOwned();

        run.step().reserving(budget, 1_000_000_000_000L, "1000000").committed();

        assertStatus(budget, null, null, 0, "0", 1_000_000_000_000L, "1000000");
    }

    @Test
    default void definingABudgetAgainChangesItsLimitsAlone() {
        String budget = define(bench(), 1_000L, "5");
        OwnedRun run = bench().createOwned();
        run.step().reserving(budget, 300, "1").committed();
        run.step()
                .settling(budget, Samples.reservation(100, "0.5"), 200, "0.75")
                .committed();

        bench().other().defineBudget(new BudgetLimit(budget, 100L, null));

        assertStatus(budget, 100L, null, 200, "0.75", 200, "0.5");
        assertThat(run.step().reserving(budget, 1, "0").commit()).isInstanceOf(StepResult.BudgetRefused.class);
    }

    @Test
    default void aBudgetThatIsNotDefinedIsNamed() {
        OwnedRun run = bench().createOwned();
        String nobodys = StoreBench.unique("budget");
        StoredRun before = run.row();

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(run.step().reserving(nobodys, 1, "1").events(1)::commit)
                .withMessageContaining(nobodys);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(
                        run.step().settling(nobodys, Reservation.NONE, 1, "1").events(1)::commit)
                .withMessageContaining(nobodys);

        assertThat(run.row()).isEqualTo(before);
        assertThat(bench().store().budget(nobodys)).isEmpty();
    }

    @Test
    default void manyRunsOverOneBudgetNeverReserveMoreThanThereIs() throws Exception {
        String budget = define(bench(), 1_000L, null);

        List<Long> consumed = Together.run(16, thread -> {
            OwnedRun run = thread % 2 == 0 ? bench().createOwned() : bench().claimElsewhere(bench().create());
            long mine = 0;
            for (int i = 0; i < 100; i++) {
                StepResult reserved = run.step().reserving(budget, 100, "0").commit();
                BudgetStatus seen = status(bench(), budget);
                assertThat(seen.consumedTokens() + seen.reserved().tokens()).isLessThanOrEqualTo(1_000);
                if (reserved instanceof StepResult.Committed) {
                    run.step()
                            .settling(budget, Samples.reservation(100, "0"), 1, "0")
                            .committed();
                    mine += 1;
                }
            }
            return mine;
        });

        long total = consumed.stream().mapToLong(Long::longValue).sum();
        assertThat(total).isPositive().isLessThanOrEqualTo(1_000);
        assertStatus(budget, 1_000L, null, total, "0", 0, "0");
    }

    @Test
    default void runsThatDrawFromTheSameBudgetsDoNotBlockEachOther() throws Exception {
        List<String> budgets = List.of(define(bench(), null, null), define(bench(), null, null)).stream()
                .sorted()
                .toList();

        Together.run(8, thread -> {
            OwnedRun run = bench().createOwned();
            for (int i = 0; i < 100; i++) {
                StepDraft step = run.step();
                budgets.forEach(name -> step.reserving(name, 1, "0"));
                step.committed();
            }
            return thread;
        });

        budgets.forEach(name -> assertStatus(name, null, null, 0, "0", 800, "0"));
    }

    private void assertStatus(
            String budget,
            @Nullable Long maxTokens,
            @Nullable String maxCost,
            long consumedTokens,
            String consumedCost,
            long reservedTokens,
            String reservedCost) {
        BudgetStatus expected = new BudgetStatus(
                new BudgetLimit(budget, maxTokens, maxCost == null ? null : new BigDecimal(maxCost)),
                consumedTokens,
                new BigDecimal(consumedCost),
                Samples.reservation(reservedTokens, reservedCost));
        assertThat(status(bench(), budget))
                .usingRecursiveComparison(Samples.SAME_VALUES)
                .isEqualTo(expected);
    }
}
