/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.RunId;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicTextTest {

    private static final RunId RUN = RunId.parse("018f0000-0000-7000-8000-000000000000");
    private static final String SECRET = "The workspace of /srv/shop is in use by run 1 (process 7)";

    @Test
    void whyARunWaitsNamesNoFolderAndNoOtherRun() {
        Instant at = Instant.EPOCH;
        assertThat(PublicText.of(new StateEvent.RunWaiting(RUN, 3, at, at, SECRET)))
                .isInstanceOfSatisfying(
                        StateEvent.RunWaiting.class,
                        waiting -> assertThat(waiting.why())
                                .isEqualTo(PublicText.detail(RunStatus.WAITING, null))
                                .doesNotContain("/srv", "process"));
    }

    @Test
    void whyACheckpointFailedNamesNoFolder() {
        assertThat(PublicText.of(new StateEvent.CheckpointFailed(RUN, 3, Instant.EPOCH, 1, SECRET)))
                .isInstanceOfSatisfying(
                        StateEvent.CheckpointFailed.class,
                        failed -> assertThat(failed.message()).isEqualTo("The workspace could not be saved."));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"NOT_INSTALLED", "INVALID_ARGUMENT", "AUTHENTICATION", "CRASHED"})
    void howThisHostIsSetUpIsNotTold(FailureClass failure) {
        assertThat(PublicText.of(settled(failure)))
                .isInstanceOfSatisfying(
                        StateEvent.AttemptSettled.class,
                        settled -> assertThat(settled.message()).isNotBlank().doesNotContain("/srv"));
    }

    @Test
    void whatAnAgentSaysOfItselfIsTold() {
        assertThat(PublicText.of(settled(FailureClass.AGENT_ERROR))).isEqualTo(settled(FailureClass.AGENT_ERROR));
    }

    private static StateEvent settled(FailureClass failure) {
        return new StateEvent.AttemptSettled(
                RUN, 3, Instant.EPOCH, 1, 1, "claude", AttemptStatus.FAILED, null, Cost.UNKNOWN, failure, SECRET);
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void whyARunEndedIsSaidByItsReasonAlone(StopReason reason) {
        StateEvent event =
                PublicText.of(new StateEvent.RunEnded(RUN, 3, Instant.EPOCH, reason, Verification.UNVERIFIED, SECRET));
        assertThat(event)
                .isInstanceOfSatisfying(
                        StateEvent.RunEnded.class,
                        ended -> assertThat(ended.detail())
                                .isEqualTo(PublicText.detail(reason.status(), reason))
                                .isNotEqualTo(SECRET));
    }
}
