/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {

    private static final RetryPolicy POLICY =
            RetryPolicy.DEFAULT.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(60));

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "4, 16", "5, 32", "6, 60", "7, 60", "31, 60", "64, 60", "1000, 60"})
    void doublesUpToTheCap(int failures, long seconds) {
        assertThat(BackOff.delay(POLICY, failures, 1)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 0.999})
    void jitterSpreadsFromZeroToTheWholeDelay(double jitter) {
        assertThat(BackOff.delay(POLICY, 3, jitter)).isEqualTo(Duration.ofMillis((long) (8000 * jitter)));
    }

    @Test
    void neverOverflowsWhateverThePolicyAllows() {
        RetryPolicy slow = RetryPolicy.DEFAULT.withDelays(Duration.ofDays(3650), Duration.ofDays(3650));

        assertThat(BackOff.delay(slow, 1000, 1)).isEqualTo(Duration.ofDays(3650));
    }

    @Test
    void failuresInARowWaitLongerAndLonger() {
        SimulatedRun run = SimulatedRun.begun(spec("a").retry(POLICY).build());

        assertThat(waitAfterCrash(run)).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitAfterCrash(run)).isEqualTo(Duration.ofSeconds(4));
        assertThat(waitAfterCrash(run)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aSuccessIsFollowedAtOnceAndForgetsTheDelays() {
        SimulatedRun run = SimulatedRun.begun(spec("a").retry(POLICY).build());
        waitAfterCrash(run);
        waitAfterCrash(run);

        run.iterate(Reply.says("one"));
        run.iterate(Reply.says("two"));

        assertThat(waitAfterCrash(run)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anOverloadWithoutATimeBacksOffLikewise() {
        SimulatedRun run = SimulatedRun.begun(spec("a").retry(POLICY).build());

        assertThat(waitAfter(run, Failure.of(FailureClass.OVERLOADED))).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitAfter(run, Failure.of(FailureClass.OVERLOADED))).isEqualTo(Duration.ofSeconds(4));
        assertThat(waitAfter(run, Failure.of(FailureClass.OVERLOADED).withJitter(0.5)))
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aFailureOfAnotherKindStartsTheDelaysOfAnOverloadAgain() {
        SimulatedRun run = SimulatedRun.begun(spec("a").retry(POLICY).build());
        waitAfter(run, Failure.of(FailureClass.OVERLOADED));
        waitAfter(run, Failure.of(FailureClass.OVERLOADED));
        waitAfterCrash(run);

        assertThat(waitAfter(run, Failure.of(FailureClass.OVERLOADED))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aTimeTheServiceNamesIsTakenAsItIs() {
        SimulatedRun run = SimulatedRun.begun(spec("a").retry(POLICY).build());

        assertThat(waitAfter(run, Failure.rateLimited(Duration.ofMinutes(17)).withJitter(0)))
                .isEqualTo(Duration.ofMinutes(17));
    }

    @Test
    void aServiceThatSaysAtOnceAgainAndAgainIsNotAskedInAHotLoop() {
        SimulatedRun run = SimulatedRun.begun(spec("a").retry(POLICY).build());

        assertThat(waitAfter(run, Failure.rateLimited(Duration.ZERO))).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitAfter(run, Failure.rateLimited(Duration.ZERO))).isEqualTo(Duration.ofSeconds(4));
        assertThat(waitAfter(run, Failure.rateLimited(Duration.ofSeconds(1)))).isEqualTo(Duration.ofSeconds(8));
    }

    private static Duration waitAfterCrash(SimulatedRun run) {
        return waitAfter(run, Failure.of(FailureClass.CRASHED));
    }

    private static Duration waitAfter(SimulatedRun run, Failure failure) {
        run.attempt(failure);
        Decision.Wait wait = run.next(Decision.Wait.class);
        assertThat(wait.until()).isNotNull();
        Duration length = Duration.between(run.now(), wait.until());
        run.sleep();
        return length;
    }
}
