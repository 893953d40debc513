/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.StoreException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit finds what is wrong with stores that get one thing wrong each. */
class StoreContractStrengthTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(BrokenStores.WritesForAnybody.class, "aStepUnderAnotherTokenIsRefused"),
                Arguments.of(BrokenStores.NotesUsageForAnybody.class, "aReportUnderALostLeaseIsRefused"),
                Arguments.of(BrokenStores.ForgetsThatItCommitted.class, "aRepeatedStepIsRecognisedAndWrittenOnce"),
                Arguments.of(BrokenStores.RevivesLostLeases.class, "aLeaseThatRanOutIsLostEvenIfNobodyTookTheRun"),
                Arguments.of(BrokenStores.AppendsRepeatedCommandsAgain.class, "aRepeatedCommandIsAppendedOnce"),
                Arguments.of(BrokenStores.TellsTheTrailOfRefusedCommands.class, "aCommandThatIsRefusedLeavesNoEntry"),
                Arguments.of(
                        BrokenStores.TellsTheTrailOfStepsByAndBy.class,
                        "aStepBringsItsEntriesOnceHoweverOftenItIsRepeated"),
                Arguments.of(BrokenStores.RecordsAnEntryAgain.class, "anEntryThatIsRecordedAgainIsThereOnce"),
                Arguments.of(BrokenStores.CountsOffsetsAsCursors.class, "pagesStayStableWhileRunsAreAdded"),
                Arguments.of(BrokenStores.TrimsText.class, "aNewRunIsStoredAsItWasGiven"),
                Arguments.of(
                        BrokenStores.ReservesWhateverIsAsked.class,
                        "aReservationThatDoesNotFitIsRefusedWithTheWholeStep"),
                Arguments.of(BrokenStores.ForgetsWhatBecameOfOutputs.class, "everyKindOfRecordComesBackAsItWasWritten"),
                Arguments.of(BrokenStores.BillsEstimates.class, "costsAreAddedUpByKind"),
                Arguments.of(
                        BrokenErasingStores.ListsErasedRunsAsBefore.class,
                        "anErasedRunIsListedWithoutAnythingOfItsSubject"),
                Arguments.of(BrokenErasingStores.StillReadsErasedEvents.class, "anErasedRunIsFoundNoMore"),
                Arguments.of(BrokenErasingStores.HoldsTaskIds.class, "theTaskIdOfAnErasedRunIsFree"),
                Arguments.of(BrokenErasingStores.PurgesWhatItErases.class, "whatErasedRunsCostStays"),
                Arguments.of(
                        BrokenErasingStores.WaitsForNobody.class, "nothingIsErasedWhileARunOfTheSubjectHasNotEnded"),
                Arguments.of(
                        BrokenErasingStores.ForgetsRetries.class,
                        "nothingIsErasedWhileADeadLetterOfTheSubjectIsToGoOn"),
                Arguments.of(BrokenErasingStores.ForgetsRetries.class, "aDeadLetterThatIsToGoOnStays"),
                Arguments.of(BrokenErasingStores.ErasesInSilence.class, "erasingBringsItsEntries"),
                Arguments.of(BrokenErasingStores.ErasesOnce.class, "erasingAgainErasesWhatHasComeSince"),
                Arguments.of(BrokenErasingStores.ErasesEverybody.class, "runsOfOthersAreNotErased"),
                Arguments.of(BrokenErasingStores.SaysItCannotErase.class, "anErasedRunIsFoundNoMore"),
                Arguments.of(BrokenErasingStores.StillReadsErasedEvents.class, "aRunThatEndedBeforeIsGone"),
                Arguments.of(BrokenErasingStores.PurgesTheMomentItself.class, "aRunThatEndedAtTheMomentStays"),
                Arguments.of(BrokenErasingStores.PurgesWhatIsOpen.class, "aRunThatHasNotEndedStays"),
                Arguments.of(BrokenErasingStores.PurgesTheTrail.class, "purgingLeavesTheTrailAndWhatBudgetsConsumed"),
                Arguments.of(BrokenErasingStores.PurgesBudgets.class, "purgingLeavesTheTrailAndWhatBudgetsConsumed"),
                Arguments.of(BrokenErasingStores.SaysItCannotPurge.class, "aRunThatEndedBeforeIsGone"),
                Arguments.of(BrokenStores.TellsListenersTooEarly.class, "aListenerIsToldOfNewEventsOnceTheyCanBeRead"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFound(Class<?> store, String rule) {
        TestExecutionSummary summary = KitRun.of(store, rule);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(1);
        assertThat(summary.getFailures())
                .as("%s fails on a store that %s", rule, store.getSimpleName())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.getException()).isInstanceOfAny(AssertionError.class, StoreException.class));
    }
}
