/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.limited;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.RetryPolicy;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which time counts as runtime. */
class RuntimeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final SimulatedRun run = SimulatedRun.begun(limited(limits().maxRuntime(HOUR)));

    private Duration runtime() {
        return run.state().clock().at(run.now());
    }

    @Test
    void workCounts() {
        run.iterate(Reply.says("1").taking(MINUTE), Reply.says("2").taking(MINUTE));

        assertThat(runtime()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void waitsCount() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(20)).taking(MINUTE)).sleep();

        assertThat(runtime()).isEqualTo(Duration.ofMinutes(21));
    }

    /** Found by killing nodes: the runtime fell by what the wait had been over before it was written. */
    @Test
    void whatWasShownStaysCountedEvenIfAWaitWasOverBeforeItWasWritten() {
        run.attempt(Failure.rateLimited(Duration.ofSeconds(10)).taking(MINUTE)).park();
        run.passes(Duration.ofSeconds(15));
        Instant written = run.now();
        Duration shown = runtime();
        run.passes(HOUR);

        run.takenUpAfterAStepAt(written);

        assertThat(runtime()).isEqualTo(shown);
    }

    @Test
    void pausesDoNotCount() {
        run.iterate(Reply.says("1").taking(MINUTE)).tell(new Command.Pause()).park();
        run.passes(Duration.ofDays(3)).tell(new Command.Resume()).takenUp();

        assertThat(runtime()).isEqualTo(MINUTE);
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void aPauseInsideAWaitDoesNotCount() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(10)).taking(MINUTE)).park();
        run.passes(Duration.ofMinutes(4)).tell(new Command.Pause()).takenUp().park();

        run.passes(Duration.ofDays(1)).tell(new Command.Resume()).takenUp();

        assertThat(runtime()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theQueueDoesNotCount() {
        SimulatedRun queued = SimulatedRun.submitted(limited(limits().maxRuntime(HOUR)));
        queued.passes(Duration.ofDays(1)).takenUp();
        assertThat(queued.state().clock().at(queued.now())).isZero();
        assertThat(queued.state().startedAt()).isEqualTo(queued.now());

        queued.iterate(Reply.says("1").taking(MINUTE)).handBack();
        queued.passes(Duration.ofDays(1)).takenUp();

        assertThat(queued.state().clock().at(queued.now())).isEqualTo(MINUTE);
        assertThat(queued.state().startedAt())
                .as("the first time it was taken up")
                .isEqualTo(SimulatedRun.START.plus(Duration.ofDays(1)));
    }

    @Test
    void theTimeOfADeadNodeCountsToTheEndOfItsLease() {
        run.iterate(Reply.says("1").taking(MINUTE));

        run.dies(Duration.ofSeconds(30), Duration.ofDays(2), Metered.partial(UsageReport.UNKNOWN));

        assertThat(runtime()).isEqualTo(MINUTE.plusSeconds(30));
    }

    @Test
    void theTimeAfterAWaitUntilANodeComesDoesNotCount() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(10)).taking(MINUTE)).park();

        run.passes(Duration.ofDays(2));
        assertThat(run.idle()).isFalse();
        run.takenUp();

        assertThat(runtime()).isEqualTo(Duration.ofMinutes(11));
        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void aWaitThatIsCutShortCountsAsFarAsItWent() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(10)).taking(MINUTE)).park();

        run.passes(Duration.ofMinutes(3)).tell(new Command.Guide("hurry")).takenUp();

        assertThat(runtime()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void itGoesOnWhereItWasAfterEveryChangeOfOwner() {
        for (int i = 1; i <= 5; i++) {
            run.iterate(Reply.says("work").taking(MINUTE)).handBack();
            run.passes(HOUR).takenUp();
            assertThat(runtime()).isEqualTo(MINUTE.multipliedBy(i));
        }
    }

    @Test
    void aClockThatGoesBackwardsNeverTakesRuntimeAway() {
        run.iterate(Reply.says("1").taking(MINUTE)).handBack();

        run.passes(HOUR.negated()).takenUp();
        assertThat(runtime()).isEqualTo(MINUTE);
        run.passes(HOUR.negated());
        assertThat(runtime()).isEqualTo(MINUTE);
        run.handBack();

        assertThat(run.state().clock().elapsed()).isEqualTo(MINUTE);
    }

    @Test
    void aWaitThatIsOverIsOverThoughTheClockGoesBackwards() {
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.iterate(Reply.says("1").taking(MINUTE));

        run.passes(HOUR.negated());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(3);
    }

    @Test
    void aLeaseThatLapsedBeforeTheRunWasTakenUpTakesNothingAway() {
        run.iterate(Reply.says("1").taking(MINUTE)).handBack().takenUp();

        run.dies(HOUR.negated(), HOUR, Metered.partial(UsageReport.UNKNOWN));

        assertThat(runtime()).isEqualTo(MINUTE);
    }

    @Test
    void aLeaseThatLapsesInTheFutureCountsToNow() {
        run.iterate(Reply.says("1").taking(MINUTE));

        run.dies(HOUR, HOUR.negated(), Metered.partial(UsageReport.UNKNOWN));

        assertThat(runtime()).isEqualTo(MINUTE);
    }

    @Test
    void aBackOffIsCutAtTheEndOfTheRunsTime() {
        SimulatedRun brief = SimulatedRun.begun(limited(limits().maxRuntime(Duration.ofSeconds(11))));
        brief.attempt(Failure.of(FailureClass.CRASHED).taking(Duration.ofSeconds(10)));

        Decision.Wait wait = brief.sleep();

        assertThat(wait.until()).isEqualTo(SimulatedRun.START.plusSeconds(11));
        assertThat(brief.ending().reason()).isEqualTo(StopReason.MAX_RUNTIME);
    }

    @Test
    void theLongestLimitAHostMayGiveIsNoError() {
        SimulatedRun patient = SimulatedRun.begun(limited(limits().maxRuntime(Duration.ofDays(3650))
                .attemptTimeout(Duration.ofDays(3650))
                .idleTimeout(Duration.ofDays(3650))));

        patient.attempt(Failure.of(FailureClass.CRASHED));

        Instant until = patient.next(Decision.Wait.class).until();
        assertThat(until).isEqualTo(patient.now().plusSeconds(2));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void aDurationThatNoDateCanHoldIsRefusedByName(String field, ThrowingCallable configuring) {
        assertThatThrownBy(configuring)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(field)
                .hasMessageContaining("at most 3650 days");
    }

    static Stream<Arguments> tooLong() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        return Stream.of(
                tooLong("limits.maxRuntime", () -> limits().maxRuntime(forEver).build()),
                tooLong(
                        "limits.attemptTimeout",
                        () -> limits().attemptTimeout(forEver).build()),
                tooLong(
                        "limits.idleTimeout",
                        () -> limits().idleTimeout(forEver).build()),
                tooLong("retry.maxDelay", () -> RetryPolicy.DEFAULT.withDelays(Duration.ZERO, forEver)),
                tooLong("retry.agentCooldown", () -> RetryPolicy.DEFAULT.withFallback(Duration.ZERO, 1, forEver)),
                tooLong(
                        "startDelay",
                        () -> SampleSpecs.spec("a").startDelay(forEver).build()));
    }

    private static Arguments tooLong(String field, ThrowingCallable configuring) {
        return Arguments.of(field, configuring);
    }
}
