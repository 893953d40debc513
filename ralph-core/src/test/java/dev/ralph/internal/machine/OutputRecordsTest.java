/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.FailureClass;
import dev.ralph.StopReason;
import org.junit.jupiter.api.Test;

/** However an attempt ends, its record says what became of its output; of a node that died nobody knows. */
class OutputRecordsTest {

    private final SimulatedRun run = SimulatedRun.begun(spec("a").build());

    @Test
    void ofAnAttemptThatFinishedFailedOrWasCutOff() {
        run.iterate(Reply.says("1"));
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.launch().cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING);

        assertThat(run.settled()).hasSize(3).extracting(AttemptRecord::output).containsOnly(SimulatedRun.OUTPUT);
    }

    @Test
    void ofAnAttemptThatBroke() {
        run.launch().breaks(StopReason.INTERNAL_ERROR, Metered.NOTHING);

        assertThat(run.settled()).extracting(AttemptRecord::output).containsExactly(SimulatedRun.OUTPUT);
    }

    @Test
    void butNotOfOneWhoseNodeDied() {
        run.launch().dies();

        assertThat(run.settled()).hasSize(1).extracting(AttemptRecord::output).containsOnlyNulls();
    }
}
