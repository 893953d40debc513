/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTextTest {

    private static final RunId RUN = RunId.create(Instant.EPOCH);
    private static final Instant AT = Instant.parse("2026-11-27T08:00:00Z");
    private static final String PRINTED = "what somebody printed";

    private static final List<StateEvent> EVENTS = List.of(
            new StateEvent.RunSubmitted(RUN, 1, AT),
            new StateEvent.RunTakenUp(RUN, 2, AT, "node", true),
            new StateEvent.AttemptStarted(RUN, 3, AT, 1, 1, "claude", new Reservation(100, BigDecimal.ONE)),
            new StateEvent.AttemptSettled(
                    RUN,
                    4,
                    AT,
                    1,
                    1,
                    "claude",
                    AttemptStatus.FAILED,
                    new Usage(1, 2, 3, 4),
                    Cost.billed(new BigDecimal("0.10")),
                    FailureClass.AGENT_ERROR,
                    PRINTED),
            new StateEvent.IterationRecorded(RUN, 5, AT, 1, true, true, false),
            new StateEvent.GateChecked(RUN, 6, AT, 1, "a gate\nforged", true, Duration.ofSeconds(1)),
            new StateEvent.ClaimRejected(RUN, 7, AT, 1),
            new StateEvent.CheckpointMade(RUN, 8, AT, 1, 1, "refs/x", "abc", List.of(PRINTED), 1),
            new StateEvent.CheckpointFailed(RUN, 9, AT, 1, PRINTED),
            new StateEvent.WorkspaceRestored(RUN, 10, AT, 1),
            new StateEvent.WorkspaceMoved(RUN, 11, AT, 1, 0),
            new StateEvent.RunWaiting(RUN, 12, AT, AT, PRINTED),
            new StateEvent.RunPaused(RUN, 13, AT),
            new StateEvent.RunResumed(RUN, 14, AT),
            new StateEvent.GuidanceReceived(RUN, 15, AT, 20),
            new StateEvent.RunHandedBack(RUN, 16, AT, "node"),
            new StateEvent.RunRetried(RUN, 17, AT),
            new StateEvent.RunEnded(RUN, 18, AT, StopReason.STALLED, Verification.NONE, PRINTED));

    @Test
    void everyEventIsToldInWordsOfItsOwnAndInOneLine() {
        assertThat(EVENTS)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(StateEvent.class.getPermittedSubclasses());
        assertThat(EVENTS)
                .allSatisfy(event -> assertThat(StepText.of(event))
                        .isNotEqualTo(event.getClass().getSimpleName())
                        .doesNotContain("\n"));
        assertThat(EVENTS.stream().map(StepText::of)).doesNotHaveDuplicates();
    }

    @Test
    void nothingThatSomebodyPrintedIsTold() {
        assertThat(EVENTS.stream().map(StepText::of)).noneMatch(text -> text.contains(PRINTED));
    }

    @Test
    void figuresAreTold() {
        assertThat(EVENTS.stream().map(StepText::of))
                .contains(
                        "SETTLED iteration 1 attempt 1 on claude: FAILED AGENT_ERROR, 10 tokens, 0.10 USD BILLED",
                        "VERIFIED iteration 1: gate 'a gate forged' passed after 1000 ms",
                        "CHECKPOINTED iteration 1 as number 1, abc, 1 left out");
        assertThat(Arrays.asList(StepText.of(EVENTS.get(11)), StepText.of(EVENTS.get(17))))
                .containsExactly("waits until 2026-11-27T08:00:00Z", "ended, STALLED NONE");
    }
}
