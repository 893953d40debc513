/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InterruptSwitchTest {

    private final InterruptSwitch interrupts = new InterruptSwitch();

    @Test
    void aCutOffThatCameBeforeHitsTheWorkAtOnceAndIsClearedAfterIt() {
        interrupts.cutOff(Cutoff.CANCELLED);

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> interrupts.interruptibly(InterruptSwitchTest::block));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interrupts.cause()).isEqualTo(Cutoff.CANCELLED);
    }

    @Test
    void aSecondCauseNeitherInterruptsAgainNorReplacesTheFirst() throws Exception {
        boolean interruptedAgain = interrupts.interruptibly(() -> interruptedAgainBy(Cutoff.SHUTDOWN));

        assertThat(interruptedAgain).isFalse();
        assertThat(interrupts.cause()).isEqualTo(Cutoff.CANCELLED);
    }

    @Test
    void aLostLeaseInterruptsAgainSoThatTheProcessEndsWithoutGrace() throws Exception {
        boolean interruptedAgain = interrupts.interruptibly(() -> interruptedAgainBy(Cutoff.LEASE_LOST));

        assertThat(interruptedAgain).isTrue();
        assertThat(interrupts.cause()).isEqualTo(Cutoff.LEASE_LOST);
    }

    @Test
    void workUntilLeavingGoesOnAfterACancellationAndEndsWhenTheNodeLeaves() throws Exception {
        interrupts.cutOff(Cutoff.CANCELLED);

        assertThat(interrupts.untilLeaving(() -> "published")).isEqualTo("published");
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> interrupts.untilLeaving(() -> {
                    interrupts.cutOff(Cutoff.SHUTDOWN);
                    return block();
                }));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interrupts.cause()).isEqualTo(Cutoff.CANCELLED);
        assertThatExceptionOfType(InterruptedException.class)
                .as("one that came before")
                .isThrownBy(() -> interrupts.untilLeaving(InterruptSwitchTest::block));
    }

    @Test
    void theUsageOfAnAttemptThatIsOverDoesNotCutOffWhatFollows() throws Exception {
        interrupts.untilLeaving(() -> {
            interrupts.cutOff(Cutoff.COST);
            return "published";
        });

        assertThat(interrupts.cause()).isNull();
    }

    @Test
    void nothingIsInterruptedOutsideOfTheWork() throws Exception {
        interrupts.interruptibly(() -> "worked");

        interrupts.cutOff(Cutoff.SHUTDOWN);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aReportThatComesAfterItsAttemptCutsNothingOff() throws Exception {
        interrupts.interruptibly(() -> "worked");
        interrupts.attemptOver();

        interrupts.cutOff(Cutoff.TOKENS);
        interrupts.cutOff(Cutoff.COST);

        assertThat(interrupts.cause()).isNull();
        assertThat(interrupts.<String>interruptibly(() -> "worked again")).isEqualTo("worked again");
    }

    /** Takes the first interrupt, as work does that ends its process, and then sees whether another comes. */
    private boolean interruptedAgainBy(Cutoff second) {
        interrupts.cutOff(Cutoff.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        interrupts.cutOff(second);
        return Thread.interrupted();
    }

    private static String block() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("never reached");
    }
}
