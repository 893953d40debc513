/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.limited;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import dev.ralph.Reservation;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attempt may use, what is set aside for it, and when it is cut off. */
class AllotmentTest {

    private static SimulatedRun run(LimitsBuilder limits) {
        return SimulatedRun.begun(limited(limits));
    }

    private static Allowance allowance(SimulatedRun run) {
        return run.next(Decision.Invoke.class).allowance();
    }

    private static Reservation reservation(SimulatedRun run) {
        return run.next(Decision.Invoke.class).reservation();
    }

    @Test
    void whatIsNotLimitedIsNotLimitedForAnAttemptEither() {
        Allowance allowance = allowance(run(limits()));

        assertThat(allowance.tokens()).isNull();
        assertThat(allowance.cost()).isNull();
        assertThat(allowance.timeout()).isEqualTo(Limits.DEFAULT.attemptTimeout());
        assertThat(allowance.idleTimeout()).isEqualTo(Limits.DEFAULT.idleTimeout());
    }

    @Test
    void anAttemptMayUseWhatIsLeftOfTheRun() {
        SimulatedRun run = run(limits().maxTokens(1000L).maxCost("2.00"));
        run.iterate(Reply.says("1").using(300, "0.40"), Reply.says("2").using(100, "0.10"));

        Allowance allowance = allowance(run);

        assertThat(allowance.tokens()).isEqualTo(600);
        assertThat(allowance.cost()).isEqualByComparingTo("1.50");
    }

    @Test
    void anAttemptMayRunAsLongAsTheRunItself() {
        SimulatedRun run = run(limits().maxRuntime(Duration.ofMinutes(60)).attemptTimeout(Duration.ofMinutes(45)));

        assertThat(allowance(run).timeout()).isEqualTo(Duration.ofMinutes(45));
        run.iterate(Reply.says("work").taking(Duration.ofMinutes(50)));
        assertThat(allowance(run).timeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void nothingIsSetAsideWhereNothingIsLimited() {
        assertThat(reservation(run(limits()))).isEqualTo(Reservation.NONE);
    }

    @Test
    void aTenthOfTheLimitIsSetAsideUntilMoreIsKnown() {
        Reservation reservation = reservation(run(limits().maxTokens(1000L).maxCost("2.00")));

        assertThat(reservation.tokens()).isEqualTo(100);
        assertThat(reservation.cost()).isEqualByComparingTo("0.20");
    }

    @Test
    void theLargestAttemptSoFarIsSetAsideIfItWasMore() {
        SimulatedRun run = run(limits().maxTokens(1000L).maxCost("2.00"));
        run.iterate(Reply.says("1").using(250, "0.70"), Reply.says("2").using(20, "0.01"));

        Reservation reservation = reservation(run);

        assertThat(reservation.tokens()).isEqualTo(250);
        assertThat(reservation.cost()).isEqualByComparingTo("0.70");
    }

    @Test
    void theConfiguredShareIsSetAside() {
        Reservation reservation = reservation(run(
                limits().maxTokens(1000L).maxCost("2.00").reservedTokens(400L).reservedCost(new BigDecimal("0.05"))));

        assertThat(reservation.tokens()).isEqualTo(400);
        assertThat(reservation.cost()).isEqualByComparingTo("0.05");
    }

    @Test
    void neverMoreIsSetAsideThanIsLeft() {
        SimulatedRun run = run(limits().maxTokens(1000L).maxCost("2.00"));
        run.iterate(Reply.says("1").using(900, "1.75"));

        Reservation reservation = reservation(run);

        assertThat(reservation.tokens()).isEqualTo(100);
        assertThat(reservation.cost()).isEqualByComparingTo("0.25");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9, 15})
    void somethingIsSetAsideOfTheSmallestLimit(long maxTokens) {
        assertThat(reservation(run(limits().maxTokens(maxTokens))).tokens()).isPositive();
    }

    @Test
    void theReservationIsOnTheRecordOfTheAttempt() {
        SimulatedRun run = run(limits().maxCost("2.00")).iterate(Reply.says("1").using(1, "0.01"));

        assertThat(run.settled())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.reserved().cost()).isEqualByComparingTo("0.20"));
    }

    @Test
    void aLimitOfZeroLaunchesNothing() {
        assertThat(run(limits().maxTokens(0L)).ending().detail()).contains("0 of 0 tokens");
        assertThat(run(limits().maxCost("0")).ending().detail()).contains("$0 of $0");
    }

    @Test
    void anAttemptIsCutOffOnceItReportsAllItsTokens() {
        Allowance allowance = new Allowance(100L, null, Duration.ofMinutes(1), Duration.ofMinutes(1));

        assertThat(Allotment.usedUp(allowance, tokens(99))).isNull();
        assertThat(Allotment.usedUp(allowance, tokens(100))).isEqualTo(Outcome.Interruption.TOKENS);
    }

    @Test
    void everyKindOfTokenCounts() {
        Allowance allowance = new Allowance(100L, null, Duration.ofMinutes(1), Duration.ofMinutes(1));

        assertThat(Allotment.usedUp(allowance, new UsageReport(new Usage(1, 1, 97, 1), Cost.UNKNOWN)))
                .isEqualTo(Outcome.Interruption.TOKENS);
    }

    @Test
    void anAttemptIsCutOffOnceItReportsAllItsMoneyBilledOrEstimated() {
        Allowance allowance = new Allowance(null, BigDecimal.ONE, Duration.ofMinutes(1), Duration.ofMinutes(1));

        assertThat(Allotment.usedUp(allowance, cost(Cost.billed(new BigDecimal("0.99")))))
                .isNull();
        assertThat(Allotment.usedUp(allowance, cost(Cost.billed(new BigDecimal("1.00")))))
                .isEqualTo(Outcome.Interruption.COST);
        assertThat(Allotment.usedUp(allowance, cost(Cost.estimated(new BigDecimal("1.01")))))
                .isEqualTo(Outcome.Interruption.COST);
    }

    @Test
    void whatIsNotReportedCutsNothingOff() {
        Allowance allowance = new Allowance(1L, BigDecimal.ONE, Duration.ofMinutes(1), Duration.ofMinutes(1));

        assertThat(Allotment.usedUp(allowance, UsageReport.UNKNOWN)).isNull();
        assertThat(Allotment.usedUp(allowance, UsageReport.NOTHING)).isNull();
    }

    @Test
    void anAttemptCutOffForItsTokensIsARecordedIterationAndEndsTheRun() {
        SimulatedRun run = run(limits().maxTokens(1000L)).launch();

        run.cutOff(Outcome.Interruption.TOKENS, Metered.partial(tokens(1000)));

        assertThat(run.iterations()).hasSize(1);
        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void anAttemptCutOffForItsMoneyIsARecordedIterationAndEndsTheRun() {
        SimulatedRun run = run(limits().maxCost("1.00")).launch();

        run.cutOff(Outcome.Interruption.COST, Metered.partial(cost(Cost.billed(new BigDecimal("1.20")))));

        assertThat(run.iterations()).hasSize(1);
        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_COST);
    }

    @Test
    void limitsHoldBetweenTheAttemptsOfOneIterationToo() {
        SimulatedRun run = SimulatedRun.begun(
                spec("a").limits(limits().maxTokens(1000L).build()).build());
        run.attempt(Failure.rateLimited(Duration.ofSeconds(1)).using(Reply.used(1000, "0")));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    private static UsageReport tokens(long count) {
        return new UsageReport(new Usage(count, 0, 0, 0), Cost.UNKNOWN);
    }

    private static UsageReport cost(Cost cost) {
        return new UsageReport(null, cost);
    }
}
