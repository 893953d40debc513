/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit finds what is wrong with dispatchers that get one thing wrong each. */
class DispatcherContractStrengthTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(BrokenDispatchers.QueuesAgain.class, "queueingAQueuedRunChangesNothing"),
                Arguments.of(BrokenDispatchers.TakesOneMore.class, "queuedCountsRunsThatAreDueAndNotAtWork"),
                Arguments.of(BrokenDispatchers.KnowsNoPriorities.class, "theHighestPriorityGoesFirstThenWhoCameFirst"),
                Arguments.of(
                        BrokenDispatchers.KnowsNoDelays.class, "aRunIsNotWorkedBeforeItsDelayIsOverUnlessItIsWoken"),
                Arguments.of(
                        BrokenDispatchers.KnowsNoWorkspaces.class, "oneWhoseWorkspaceIsUsedIsPassedByAndWorkedLater"),
                Arguments.of(BrokenDispatchers.DoesNotWait.class, "drainWaitsForStintsAtWorkAndStartsNoMore"),
                Arguments.of(BrokenDispatchers.EndsTheExecutor.class, "theExecutorIsNotEndedByTheDispatcher"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFound(Class<?> dispatcher, String rule) {
        TestExecutionSummary summary = KitRun.of(dispatcher, rule);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(1);
        assertThat(summary.getFailures())
                .as("%s fails on a dispatcher that %s", rule, dispatcher.getSimpleName())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException()).isInstanceOf(AssertionError.class));
    }
}
