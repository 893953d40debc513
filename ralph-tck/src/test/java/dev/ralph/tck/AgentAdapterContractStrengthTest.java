/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit finds what is wrong with adapters that get one thing wrong each. */
@Tag("linux")
@Tag("integration")
class AgentAdapterContractStrengthTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(BrokenAdapters.ThrowsWhatItShouldReturn.class, "anAgentThatReportsAnErrorHasFailed"),
                Arguments.of(
                        BrokenAdapters.SwallowsInterruptions.class, "anInterruptionEndsTheAgentWithinGraceAndASecond"),
                Arguments.of(BrokenAdapters.TakesItsTime.class, "anAgentThatWorksTooLongIsEndedByTheWallClock"),
                Arguments.of(BrokenAdapters.TakesItsTime.class, "anAgentThatIsSilentTooLongIsIdle"),
                Arguments.of(BrokenAdapters.CountsSilenceFromTheStart.class, "anAgentThatWritesIsNotIdle"),
                Arguments.of(BrokenAdapters.HidesTheCut.class, "aHugeResultInLinesIsCut"),
                Arguments.of(BrokenAdapters.KeepsEverythingItHears.class, "aHugeResultInLinesIsCut"),
                Arguments.of(BrokenAdapters.KeepsItsOutputToItself.class, "whatTheAgentsProcessPrintsIsHandedOnAsItIs"),
                Arguments.of(BrokenAdapters.CutsLongPrompts.class, "aPromptOfAMegabyteArrivesIntact"),
                Arguments.of(BrokenAdapters.TakesTheUnknownForNothing.class, "usageThatAnAgentDoesNotReportIsUnknown"),
                Arguments.of(BrokenAdapters.LogsThePrompt.class, "neitherPromptNorOutputIsLogged"),
                Arguments.of(
                        BrokenAdapters.LogsTheSecretWithAnException.class,
                        "aSecretIsInNoMessageAndInNoLogHoweverTheAgentEnds"),
                Arguments.of(BrokenAdapters.TellsTheSecret.class, "aSecretTheAgentPrintsIsInNoMessageAndInNoLog"),
                Arguments.of(
                        BrokenAdapters.PassesTheSecretAsAnArgument.class,
                        "neitherSecretNorPromptIsInTheArgumentsOfAnyProcess"),
                Arguments.of(
                        BrokenAdapters.ThrowsWhenProbed.class,
                        "probingAnAgentThatHangsOrFailsThrowsNothingAndTakesSeconds"),
                Arguments.of(BrokenAdapters.TakesTheMissingForCrashed.class, "anAgentThatIsMissingIsNotInstalled"),
                Arguments.of(BrokenAdapters.LosesSightOfProcesses.class, "nothingIsLeftOfAProcessTheAgentSetApart"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFound(Class<?> adapter, String rule) {
        TestExecutionSummary summary = KitRun.of(adapter, rule);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(1);
        assertThat(summary.getFailures())
                .as("%s fails on an adapter that %s", rule, adapter.getSimpleName())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException()).isInstanceOfAny(AssertionError.class));
    }
}
