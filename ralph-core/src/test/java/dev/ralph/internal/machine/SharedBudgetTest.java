/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.Reservation;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run does with budgets it shares: reserve, settle, make do with less, wait, end. */
class SharedBudgetTest {

    private static final RunSpec SPEC = spec("a")
            .budget("team")
            .budget("month")
            .limits(limits().maxTokens(1000L).maxCost("5.00").build())
            .build();

    private final SimulatedRun run = SimulatedRun.begun(SPEC);

    @Test
    void everyBudgetIsReservedBeforeTheLaunchAndSettledAfterItInTheOrderOfTheirNames() {
        run.iterate(Reply.says("1").using(70, "0.25"));

        Reservation reserved = new Reservation(100, new BigDecimal("0.500000"));
        BigDecimal cost = new BigDecimal("0.25");
        assertThat(run.budgetChanges())
                .containsExactly(
                        new BudgetChange.Reserve("month", reserved),
                        new BudgetChange.Reserve("team", reserved),
                        new BudgetChange.Settle("month", reserved, 70, cost),
                        new BudgetChange.Settle("team", reserved, 70, cost));
    }

    @Test
    void anAttemptThatUsedMoreThanItsReservationSettlesWhatItUsed() {
        run.iterate(Reply.says("1").using(700, "2.25"));

        assertThat(run.budgetChanges()).last().satisfies(change -> {
            BudgetChange.Settle settle = (BudgetChange.Settle) change;
            assertThat(settle.tokens()).isEqualTo(700);
            assertThat(settle.cost()).isEqualByComparingTo("2.25");
            assertThat(settle.freed().tokens()).isEqualTo(100);
        });
    }

    @Test
    void anAbandonedAttemptFreesItsReservationAndConsumesIt() {
        run.launch().dies(Duration.ZERO, Duration.ZERO, Metered.partial(UsageReport.UNKNOWN));

        assertThat(run.budgetChanges()).last().satisfies(change -> {
            BudgetChange.Settle settle = (BudgetChange.Settle) change;
            assertThat(settle.freed()).isEqualTo(new Reservation(100, new BigDecimal("0.500000")));
            assertThat(settle.tokens()).isEqualTo(100);
            assertThat(settle.cost()).isEqualByComparingTo("0.50");
        });
    }

    @Test
    void aRunWithoutOwnLimitsReservesWhatItsLargestAttemptUsed() {
        SimulatedRun unlimited = SimulatedRun.begun(spec("a").budget("team").build());
        unlimited.iterate(Reply.says("1").using(70, "0.25"), Reply.says("2").using(30, "0.75"));

        Reservation reservation = unlimited.next(Decision.Invoke.class).reservation();

        assertThat(reservation.tokens()).isEqualTo(70);
        assertThat(reservation.cost()).isEqualByComparingTo("0.75");
    }

    @Test
    void aRefusalWithSomeRoomIsRetriedAtOnceWithASmallerReservation() {
        run.refusedBy(status("team", 1000L, 900, null, "0", new Reservation(60, BigDecimal.ZERO)), 1);

        Decision.Invoke smaller = run.next(Decision.Invoke.class);

        assertThat(smaller.reservation().tokens()).isEqualTo(40);
        assertThat(smaller.reservation().cost()).as("not limited there").isEqualByComparingTo("0.50");
    }

    @Test
    void refusalsByTwoBudgetsAreBothRemembered() {
        run.refusedBy(status("month", null, 0, "10.00", "9.90", Reservation.NONE), 1);
        run.refusedBy(status("team", 1000L, 960, null, "0", Reservation.NONE), 1);

        Reservation reservation = run.next(Decision.Invoke.class).reservation();

        assertThat(reservation.tokens()).isEqualTo(40);
        assertThat(reservation.cost()).isEqualByComparingTo("0.10");
    }

    @Test
    void aSmallerReservationIsForOneAttemptOnly() {
        run.refusedBy(status("team", 1000L, 960, null, "0", Reservation.NONE), 1);
        run.iterate(Reply.says("1").using(10, "0.01"));

        assertThat(run.next(Decision.Invoke.class).reservation().tokens()).isEqualTo(100);
    }

    @Test
    void aRefusalWithoutRoomWaitsForTheRunsAtWorkLongerEachTime() {
        BudgetStatus taken = status("team", 1000L, 400, null, "0", new Reservation(600, BigDecimal.ZERO));

        run.refusedBy(taken, 1);
        assertThat(waitLength()).isEqualTo(Duration.ofSeconds(2));
        assertThat(run.sleep().detail()).contains("'team'", "set aside");
        run.refusedBy(taken, 1);
        assertThat(waitLength()).isEqualTo(Duration.ofSeconds(4));
        run.sleep();
        run.refusedBy(taken, 0.5);
        assertThat(waitLength()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aLaunchAfterTheWaitStartsTheDelaysAgain() {
        BudgetStatus taken = status("team", null, 0, "5.00", "4.00", new Reservation(0, BigDecimal.ONE));
        run.refusedBy(taken, 1).sleep();
        run.refusedBy(taken, 1).sleep();
        run.iterate(Reply.says("1"));

        run.refusedBy(taken, 1);

        assertThat(waitLength()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aBudgetThatIsUsedUpEndsTheRun() {
        run.refusedBy(status("team", 1000L, 1000, null, "0", Reservation.NONE), 1);

        assertThat(run.finish().reason()).isEqualTo(StopReason.SHARED_BUDGET);
        assertThat(run.budgetChanges()).isEmpty();
    }

    @Test
    void aRefusalIsNoAttempt() {
        run.refusedBy(status("team", 1000L, 960, null, "0", Reservation.NONE), 1);

        assertThat(run.state().totals().attempts()).isZero();
        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(1);
    }

    private Duration waitLength() {
        Instant until = run.next(Decision.Wait.class).until();
        assertThat(until).isNotNull();
        return Duration.between(run.now(), until);
    }

    private static BudgetStatus status(
            String name,
            @Nullable Long maxTokens,
            long tokens,
            @Nullable String maxCost,
            String cost,
            Reservation reserved) {
        return new BudgetStatus(
                new BudgetLimit(name, maxTokens, maxCost == null ? null : new BigDecimal(maxCost)),
                tokens,
                new BigDecimal(cost),
                reserved);
    }
}
