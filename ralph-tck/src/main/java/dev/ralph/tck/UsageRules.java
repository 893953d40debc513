/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.LeaseLostException;
import dev.ralph.Usage;
import dev.ralph.spi.Lease;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is noted of an attempt's usage while it works, so that a crash does not lose it. */
interface UsageRules extends StoreRules {

    static UsageReport report(long tokens, String cost) {
        return new UsageReport(new Usage(tokens, 0, 0, 0), Cost.billed(new BigDecimal(cost)));
    }

    @Test
    default void reportedUsageCanBeRead() {
        OwnedRun run = withAttempt();
        UsageReport report = new UsageReport(new Usage(1, 2, 3, 4), Cost.estimated(new BigDecimal("0.5")));

        run.store().reportUsage(run.lease(), 1, 1, report);

        assertNoted(run, report);
    }

    @Test
    default void nothingIsNotedBeforeTheFirstFigure() {
        OwnedRun run = withAttempt();
        assertThat(run.store().reportedUsage(run.id(), 1, 1)).isEmpty();

        run.store().reportUsage(run.lease(), 1, 1, UsageReport.UNKNOWN);

        assertThat(run.store().reportedUsage(run.id(), 1, 1)).isEmpty();
    }

    @Test
    default void usageOnlyGrows() {
        OwnedRun run = withAttempt();
        run.store().reportUsage(run.lease(), 1, 1, report(100, "1.00"));

        run.store().reportUsage(run.lease(), 1, 1, report(90, "0.90"));
        assertNoted(run, report(100, "1.00"));
        run.store().reportUsage(run.lease(), 1, 1, report(110, "0.50"));
        assertNoted(run, report(110, "1.00"));
        run.store().reportUsage(run.lease(), 1, 1, report(50, "1.25"));
        assertNoted(run, report(110, "1.25"));
    }

    @Test
    default void everyKindOfTokenGrowsByItself() {
        OwnedRun run = withAttempt();
        Cost none = Cost.billed(BigDecimal.ZERO);

        run.store().reportUsage(run.lease(), 1, 1, new UsageReport(new Usage(9, 1, 9, 1), none));
        run.store().reportUsage(run.lease(), 1, 1, new UsageReport(new Usage(1, 9, 1, 9), none));

        assertNoted(run, new UsageReport(new Usage(9, 9, 9, 9), none));
    }

    @Test
    default void whatIsUnknownReplacesNothing() {
        OwnedRun run = withAttempt();
        run.store().reportUsage(run.lease(), 1, 1, report(100, "1"));

        run.store().reportUsage(run.lease(), 1, 1, UsageReport.UNKNOWN);

        assertNoted(run, report(100, "1"));
    }

    @Test
    default void tokensAndCostMayBecomeKnownOneAfterTheOther() {
        OwnedRun run = withAttempt();

        run.store().reportUsage(run.lease(), 1, 1, new UsageReport(new Usage(7, 0, 0, 0), Cost.UNKNOWN));
        assertNoted(run, new UsageReport(new Usage(7, 0, 0, 0), Cost.UNKNOWN));
        run.store().reportUsage(run.lease(), 1, 1, new UsageReport(null, Cost.billed(new BigDecimal("2"))));

        assertNoted(run, report(7, "2"));
    }

    @Test
    default void reportedUsageOutlivesTheNodeThatReportedIt() {
        OwnedRun dead = withAttempt();
        dead.store().reportUsage(dead.lease(), 1, 1, report(100, "1"));
        bench().letLapse(dead.lease());

        OwnedRun owner = bench().claimElsewhere(dead.id());

        assertNoted(owner, report(100, "1"));
    }

    @Test
    default void aReportUnderALostLeaseIsRefused() {
        OwnedRun dead = withAttempt();
        dead.store().reportUsage(dead.lease(), 1, 1, report(100, "1"));
        Lease forged = new Lease(dead.id(), "node-1", UUID.randomUUID(), 1);
        assertRefused(dead, forged);
        bench().letLapse(dead.lease());
        assertRefused(dead, dead.lease());
        OwnedRun owner = bench().claimElsewhere(dead.id());
        assertRefused(dead, dead.lease());
        bench().other().release(owner.lease());
        assertRefused(dead, owner.lease());
    }

    @Test
    default void aReportMakesNoNewVersion() {
        OwnedRun run = withAttempt();
        StepDraft step = run.step();

        run.store().reportUsage(run.lease(), 1, 1, report(100, "1"));

        step.committed();
    }

    @Test
    default void whatWasNotedGoesWhenTheAttemptIsSettled() {
        OwnedRun run = withAttempt();
        run.store().reportUsage(run.lease(), 1, 1, report(100, "1"));

        run.step()
                .with(new RecordChange.SettleAttempt(Samples.ended(1, 1, AttemptStatus.SUCCEEDED, null, null)))
                .committed();

        assertThat(run.store().reportedUsage(run.id(), 1, 1)).isEmpty();
    }

    @Test
    default void aReportOnAnAttemptThatIsNotInFlightComesTooLate() {
        OwnedRun run = withAttempt();
        run.step().with(new RecordChange.SettleAttempt(Samples.ended(1, 1))).committed();

        run.store().reportUsage(run.lease(), 1, 1, report(100, "1"));
        run.store().reportUsage(run.lease(), 1, 2, report(100, "1"));

        assertThat(run.store().reportedUsage(run.id(), 1, 1)).isEmpty();
        assertThat(run.store().reportedUsage(run.id(), 1, 2)).isEmpty();
        assertThat(run.store().attempts(run.id(), 1))
                .usingRecursiveComparison(Samples.SAME_VALUES)
                .isEqualTo(java.util.List.of(Samples.ended(1, 1)));
    }

    @Test
    default void attemptsAreMeteredApart() {
        OwnedRun run = withAttempt();
        run.store().reportUsage(run.lease(), 1, 1, report(100, "1"));
        run.step()
                .with(new RecordChange.SettleAttempt(Samples.ended(1, 1)))
                .with(new RecordChange.StartAttempt(Samples.started(1, 2)))
                .committed();

        run.store().reportUsage(run.lease(), 1, 2, report(5, "0.05"));

        assertThat(run.store().reportedUsage(run.id(), 1, 2).flatMap(report -> Optional.ofNullable(report.usage())))
                .contains(new Usage(5, 0, 0, 0));
    }

    private OwnedRun withAttempt() {
        OwnedRun run = bench().createOwned();
        run.step().with(new RecordChange.StartAttempt(Samples.started(1, 1))).committed();
        return run;
    }

    private void assertRefused(OwnedRun run, Lease lease) {
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> bench().store().reportUsage(lease, 1, 1, report(999, "9.99")));
        assertNoted(run, report(100, "1"));
    }

    private void assertNoted(OwnedRun run, UsageReport expected) {
        assertThat(bench().other().reportedUsage(run.id(), 1, 1).orElseThrow())
                .usingRecursiveComparison(Samples.SAME_VALUES)
                .isEqualTo(expected);
    }
}
