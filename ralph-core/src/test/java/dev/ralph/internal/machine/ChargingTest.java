/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.LimitsBuilder;
import dev.ralph.Reservation;
import dev.ralph.Spend;
import dev.ralph.StopReason;
import dev.ralph.UnknownUsage;
import dev.ralph.Usage;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each attempt counts as: known figures as they are, unknown ones as the policy says, never mixed. */
class ChargingTest {

    private static final Usage USAGE = new Usage(10, 20, 30, 40);
    private static final Metered UNREPORTED = Metered.complete(UsageReport.UNKNOWN);

    /** A tenth of the limits, 100 tokens and $0.50, is set aside for the first attempt. */
    private static final LimitsBuilder LIMITS = limits().maxTokens(1000L).maxCost("5.00");

    private static SimulatedRun run(LimitsBuilder limits) {
        return SimulatedRun.begun(spec("a").limits(limits.build()).build());
    }

    private static Metered reported(Cost cost) {
        return Metered.complete(new UsageReport(USAGE, cost));
    }

    private static BigDecimal dollars(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void allFourKindsOfTokensCount() {
        SimulatedRun run = run(limits().maxTokens(200L));

        run.iterate(Reply.says("1").using(reported(Cost.billed(dollars("0.01")))));

        assertThat(run.state().totals().usage()).isEqualTo(USAGE);
        assertThat(run.next(Decision.Invoke.class).allowance().tokens()).isEqualTo(100);
    }

    @Test
    void billedEstimatedAndUnknownMoneyIsKeptApartAndCountsTogether() {
        SimulatedRun run = run(LIMITS);

        run.iterate(Reply.says("1").using(reported(Cost.billed(dollars("0.25")))));
        run.iterate(Reply.says("2").using(reported(Cost.estimated(dollars("0.30")))));
        run.iterate(Reply.says("3").using(reported(Cost.UNKNOWN)));

        Spend spend = run.state().totals().spend();
        assertThat(spend.billed()).isEqualByComparingTo("0.25");
        assertThat(spend.estimated()).isEqualByComparingTo("0.30");
        assertThat(spend.unknown()).as("its reservation").isEqualByComparingTo("0.50");
        assertThat(run.next(Decision.Invoke.class).allowance().cost()).isEqualByComparingTo("3.95");
    }

    @Test
    void anAttemptIsUnreportedUnlessBothItsTokensAndItsMoneyAreKnown() {
        SimulatedRun run = run(LIMITS);

        run.iterate(Reply.says("1").using(reported(Cost.billed(dollars("0.25")))));
        assertThat(run.state().totals().unreported()).isZero();
        run.iterate(Reply.says("2").using(reported(Cost.UNKNOWN)));
        assertThat(run.state().totals().unreported()).isEqualTo(1);
        run.iterate(Reply.says("3").using(Metered.complete(new UsageReport(null, Cost.billed(dollars("0.25"))))));
        assertThat(run.state().totals().unreported()).isEqualTo(2);
    }

    @Test
    void anAttemptThatReportsNothingCountsAsItsReservation() {
        SimulatedRun run = run(LIMITS);

        run.iterate(Reply.says("1").using(UNREPORTED));

        assertThat(run.state().totals().unreported()).isEqualTo(1);
        assertThat(run.state().totals().usage()).isEqualTo(Usage.ZERO);
        assertThat(run.state().totals().unknownTokens()).isEqualTo(100);
        assertThat(run.settled()).singleElement().satisfies(attempt -> {
            assertThat(attempt.usage()).as("nobody knows").isNull();
            assertThat(attempt.cost().kind()).isEqualTo(CostKind.UNKNOWN);
            assertThat(attempt.cost().amount()).isEqualByComparingTo("0.50");
        });
    }

    @Test
    void aLimitTriggersThoughNothingIsEverReported() {
        SimulatedRun run = run(limits().maxCost("5.00"));
        for (int i = 0; i < 10; i++) {
            run.iterate(Reply.says("work").using(UNREPORTED));
        }

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_COST);
        assertThat(run.ending().detail()).contains("for attempts that did not report");
    }

    @Test
    void withCountReportedOnlyWhatWasReportedCounts() {
        SimulatedRun run = run(limits().maxTokens(1000L).maxCost("5.00").unknownUsage(UnknownUsage.COUNT_REPORTED));

        run.iterate(Reply.says("1").using(UNREPORTED));
        assertThat(run.state().totals().tokens()).isZero();
        assertThat(run.state().totals().spend().total()).isZero();
        assertThat(run.state().totals().unreported())
                .as("that it is not nothing")
                .isEqualTo(1);

        run.launch()
                .dies(
                        Duration.ZERO,
                        Duration.ZERO,
                        Metered.partial(new UsageReport(USAGE, Cost.billed(dollars("0.40")))));
        assertThat(run.state().totals().tokens()).isEqualTo(100);
        assertThat(run.state().totals().spend().unknown()).isEqualByComparingTo("0.40");
    }

    @Test
    void aPartialReportBelowTheReservationIsFilledUpToIt() {
        SimulatedRun run = run(LIMITS).launch();

        run.cutOff(Outcome.Interruption.SHUTDOWN, partial(new Usage(30, 0, 0, 0), Cost.billed(dollars("0.20"))));

        Totals totals = run.state().totals();
        assertThat(totals.usage().total()).isEqualTo(30);
        assertThat(totals.unknownTokens()).isEqualTo(70);
        assertThat(totals.spend()).isEqualTo(new Spend(BigDecimal.ZERO, BigDecimal.ZERO, dollars("0.500000")));
        assertThat(run.settled())
                .singleElement()
                .satisfies(a -> assertThat(a.usage()).isNull());
    }

    @Test
    void aPartialReportAboveTheReservationCountsAsItIsButAsUnknown() {
        SimulatedRun run = run(LIMITS).launch();

        run.cutOff(Outcome.Interruption.SHUTDOWN, partial(new Usage(300, 0, 0, 0), Cost.billed(dollars("2.20"))));

        Totals totals = run.state().totals();
        assertThat(totals.usage().total()).isEqualTo(300);
        assertThat(totals.unknownTokens()).isZero();
        assertThat(totals.spend().billed()).isZero();
        assertThat(totals.spend().unknown()).isEqualByComparingTo("2.20");
    }

    @Test
    void anAbandonedAttemptCountsAsTheMoreOfReservationAndReport() {
        SimulatedRun run = run(LIMITS);

        run.launch().dies();
        assertThat(run.state().totals().spend().unknown()).as("reservation").isEqualByComparingTo("0.50");
        run.launch().dies(Duration.ZERO, Duration.ZERO, partial(USAGE, Cost.billed(dollars("1.75"))));

        assertThat(run.state().totals().spend().unknown()).as("and report").isEqualByComparingTo("2.25");
        assertThat(run.settled()).extracting(a -> a.status()).containsOnly(AttemptStatus.ABANDONED);
        assertThat(run.iterations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_INSTALLED", "AUTHENTICATION", "INVALID_ARGUMENT"})
    void anAgentThatNeverRanCostsNothing(FailureClass kind) {
        SimulatedRun run = run(LIMITS);

        run.attempt(Failure.of(kind).using(UNREPORTED));

        assertThat(run.state().totals().tokens()).isZero();
        assertThat(run.state().totals().spend().total()).isZero();
        assertThat(run.settled()).singleElement().satisfies(attempt -> {
            assertThat(attempt.usage()).isEqualTo(Usage.ZERO);
            assertThat(attempt.cost().kind()).isEqualTo(CostKind.BILLED);
        });
    }

    @Test
    void anAgentThatWasRefusedMidWayIsChargedWhatItReports() {
        SimulatedRun run = run(LIMITS);

        run.attempt(Failure.of(FailureClass.AUTHENTICATION)
                .using(Metered.complete(new UsageReport(null, Cost.billed(dollars("0.30"))))));

        assertThat(run.state().totals().spend().billed()).isEqualByComparingTo("0.30");
        assertThat(run.state().totals().unknownTokens()).isEqualTo(100);
    }

    @Test
    void aFailedAttemptIsChargedLikeAnyOther() {
        SimulatedRun run = run(LIMITS);

        run.attempt(Failure.of(FailureClass.AGENT_ERROR).using(reported(Cost.billed(dollars("0.60")))));

        assertThat(run.state().totals().spend().billed()).isEqualByComparingTo("0.60");
        assertThat(run.state().totals().usage()).isEqualTo(USAGE);
    }

    @Test
    void tokensMayBeKnownWhereMoneyIsNot() {
        Charge charge = Charge.of(
                reported(Cost.UNKNOWN), new Reservation(1000, dollars("0.50")), UnknownUsage.COUNT_RESERVATION);

        assertThat(charge.usage()).isEqualTo(USAGE);
        assertThat(charge.tokens()).isEqualTo(100);
        assertThat(charge.cost()).isEqualTo(new Cost(dollars("0.50"), CostKind.UNKNOWN));
    }

    @Test
    void moneyMayBeKnownWhereTokensAreNot() {
        Charge charge = Charge.of(
                Metered.complete(new UsageReport(null, Cost.billed(dollars("0.07")))),
                new Reservation(1000, dollars("0.50")),
                UnknownUsage.COUNT_RESERVATION);

        assertThat(charge.usage()).isNull();
        assertThat(charge.tokens()).isEqualTo(1000);
        assertThat(charge.cost()).isEqualTo(Cost.billed(dollars("0.07")));
    }

    @Test
    void figuresThatCannotBeBelievedSaturateInsteadOfTurningNegative() {
        SimulatedRun run = run(limits().maxTokens(1000L));
        Usage absurd = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, 1, 1);

        run.iterate(Reply.says("1").using(Metered.complete(new UsageReport(absurd, Cost.UNKNOWN))));

        assertThat(run.state().totals().tokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void unknownAndAbsurdTokensTogetherSaturateToo() {
        SimulatedRun run =
                run(limits().maxTokens(1000L)).iterate(Reply.says("1").using(UNREPORTED));

        run.iterate(Reply.says("2")
                .using(Metered.complete(new UsageReport(new Usage(Long.MAX_VALUE, 0, 0, 0), Cost.UNKNOWN))));

        assertThat(run.state().totals().tokens()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAttemptThatABugBrokeIsChargedToo() {
        SimulatedRun run = run(LIMITS).launch();

        run.breaks(StopReason.INTERNAL_ERROR, partial(USAGE, Cost.billed(dollars("0.90"))));

        assertThat(run.state().totals().spend().unknown()).isEqualByComparingTo("0.90");
        assertThat(run.ending().reason()).isEqualTo(StopReason.INTERNAL_ERROR);
    }

    private static Metered partial(Usage usage, Cost cost) {
        return Metered.partial(new UsageReport(usage, cost));
    }
}
