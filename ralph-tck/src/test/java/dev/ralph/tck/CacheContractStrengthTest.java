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

/** The kit finds what is wrong with caches that get one thing wrong each. */
class CacheContractStrengthTest {

    private static final String CHANGE = CacheVersionRules.Change.class.getName();

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(BrokenCaches.KeepsNothing.class, "whatWasLoadedIsAnsweredWithoutLoading"),
                Arguments.of(BrokenCaches.KeepsNothing.class, "whatIsPutIsAnswered"),
                Arguments.of(BrokenCaches.LoadsForEach.class, "aHundredThreadsLoadAKeyOnce"),
                Arguments.of(BrokenCaches.LoadsForEach.class, "theLoadersExceptionGoesToAllWhoWaitAndIsNotKept"),
                Arguments.of(BrokenCaches.LoadsForEach.class, "aLoaderThatAsksForItsOwnKeyIsToldSo"),
                Arguments.of(BrokenCaches.LoadsForEach.class, "theTimeALoadTakesCounts"),
                Arguments.of(BrokenCaches.HidesInterrupts.class, "aLoadThatIsInterruptedFailsForNobodyElse"),
                Arguments.of(BrokenCaches.LoadsOneAfterTheOther.class, "keysAreLoadedSideBySide"),
                Arguments.of(BrokenCaches.KeepsFailures.class, "theLoadersExceptionGoesToAllWhoWaitAndIsNotKept"),
                Arguments.of(BrokenCaches.KeepsOnlyWhatExists.class, "whatDoesNotExistIsKeptToo"),
                Arguments.of(BrokenCaches.MixesRegions.class, "regionsKeepApart"),
                Arguments.of(BrokenCaches.HasNoJitter.class, "aRegionIsOneByItsDefinition"),
                Arguments.of(BrokenCaches.CountsNothing.class, "itCountsWhatHappens"),
                Arguments.of(BrokenCaches.AnswersWhenClosed.class, "closedCachesLoadAndKeepNothing"),
                Arguments.of(BrokenCaches.ReplacesAnyVersion.class, "aLowerVersionNeverReplacesAHigherOne"),
                Arguments.of(BrokenCaches.ReplacesOnlyLowerVersions.class, "anEqualOrHigherVersionReplaces"),
                Arguments.of(BrokenCaches.KeepsThatThereIsNone.class, "aValueReplacesThatThereIsNone"),
                Arguments.of(BrokenCaches.KeepsThatThereIsNone.class, "anInvalidationDropsThatThereIsNone"),
                Arguments.of(
                        BrokenCaches.InvalidatesWithoutAFloor.class, "afterAnInvalidationNothingBelowItsVersionIsKept"),
                Arguments.of(
                        BrokenCaches.InvalidatesWhateverThereIs.class, "anInvalidationLeavesWhatIsNotBelowItsVersion"),
                Arguments.of(
                        BrokenCaches.SetsNoFloorBelowWhatItKeeps.class,
                        "nothingBelowAnInvalidationIsKeptAfterWhatWasAboveItRanOut"),
                Arguments.of(BrokenCaches.HoldsAnyTotal.class, "noMoreBytesAreHeldThanAllowed"),
                Arguments.of(BrokenCaches.KeepsLateLoads.class, "aPutOfAHigherVersionDuringALoadStays"),
                Arguments.of(BrokenCaches.NeverForgets.class, "aValueRunsOutWithItsTtl"),
                Arguments.of(BrokenCaches.NeverForgets.class, "aVersionThatRanOutHoldsNoneBack"),
                Arguments.of(BrokenCaches.NeverForgets.class, "whatDoesNotExistHasAShorterTime"),
                Arguments.of(BrokenCaches.LastsLongerWhenAsked.class, "anAnswerDoesNotMakeAValueLastLonger"),
                Arguments.of(BrokenCaches.IgnoresTtls.class, "aPutMayShortenATtlAndNotLengthenIt"),
                Arguments.of(BrokenCaches.IgnoresAges.class, "anAgeCounts"),
                Arguments.of(BrokenCaches.HasNoJitter.class, "jitterShortensTtlsAtRandom"),
                Arguments.of(BrokenCaches.AnswersOldValues.class, "aValueThatRanOutIsNoAnswerToAnOutageUnlessAskedFor"),
                Arguments.of(BrokenCaches.AnswersOldValues.class, "inAnOutageNothingOlderThanAllowedIsAnswered"),
                Arguments.of(BrokenCaches.AnswersNoOldValues.class, "inAnOutageAnOldValueIsAnsweredWithItsAge"),
                Arguments.of(BrokenCaches.HidesAges.class, "inAnOutageAnOldValueIsAnsweredWithItsAge"),
                Arguments.of(BrokenCaches.InvalidatesNothing.class, "inAnOutageWhatWasInvalidatedIsNotAnswered"),
                Arguments.of(BrokenCaches.TakesAnyFailureForAnOutage.class, "anotherFailureIsNoOutage"),
                Arguments.of(BrokenCaches.HoldsAnyNumber.class, "noMoreKeysAreHeldThanAllowed"),
                Arguments.of(BrokenCaches.HoldsAnySize.class, "aValueThatIsTooLargeIsAnsweredAndNotKept"),
                Arguments.of(
                        BrokenCaches.LeavesWhatIsOlderThanWhatIsTooLarge.class,
                        "aValueThatIsTooLargeLeavesNoOlderOne"));
    }

    static Stream<Arguments> faultsWithChanges() {
        return Stream.of(
                Arguments.of(BrokenCaches.InvalidatesNothing.class, "whatIsOutOfDateIsNotAnswered", 1),
                Arguments.of(BrokenCaches.KeepsLateLoads.class, "aLoadThatBeganBeforeAChangeIsKeptForNobody", 6),
                Arguments.of(
                        BrokenCaches.KeepsLateLoads.class, "whoAsksAfterAChangeDoesNotGetWhatAnEarlierLoadFound", 6),
                Arguments.of(
                        BrokenCaches.KeepsLateLoads.class,
                        "anEarlyLoadDoesNotComeBetweenALaterOneAndThoseWhoWaitForIt",
                        6));
    }

    static Stream<Arguments> faultsOfSharedOnes() {
        return Stream.of(
                Arguments.of(BrokenSharedCaches.SharesNothing.class, "whatOneProcessLoadedTheOtherDoesNotLoad"),
                Arguments.of(BrokenSharedCaches.SharesEverything.class, "whatHasNoCodecStaysInItsProcess"),
                Arguments.of(BrokenSharedCaches.TellsNobody.class, "anInvalidationReachesTheOther"),
                Arguments.of(BrokenSharedCaches.TellsNobody.class, "anInvalidationWithoutVersionReachesTheOther"),
                Arguments.of(BrokenSharedCaches.TellsNobody.class, "anInvalidationOfAllReachesTheOther"),
                Arguments.of(BrokenSharedCaches.TellsOfLoads.class, "nothingIsToldOfALoad"),
                Arguments.of(BrokenSharedCaches.IgnoresFloors.class, "whatOneEvictsIsNotAnsweredToItByAnyTier"),
                Arguments.of(
                        BrokenSharedCaches.KeepsLateLoads.class,
                        "aLoadThatBeganBeforeAnInvalidationElsewhereIsKeptNowhere"),
                Arguments.of(
                        BrokenSharedCaches.KeepsLateLoads.class,
                        "aLoadThatBeganBeforeAnInvalidationWithoutVersionElsewhereIsKeptNowhere"),
                Arguments.of(
                        BrokenSharedCaches.ReplacesAnyVersion.class,
                        "aLowerVersionDoesNotReplaceAHigherOneInTheOuterTier"),
                Arguments.of(BrokenSharedCaches.ForgetsAges.class, "theAgeOfAValueCountsOverAllTiers"),
                Arguments.of(BrokenSharedCaches.FailsOnBytes.class, "bytesThatCannotBeReadAreAMissAndReplaced"),
                Arguments.of(BrokenSharedCaches.MixesCodecs.class, "versionsOfACodecKeepApart"),
                Arguments.of(BrokenSharedCaches.KeepsAnySize.class, "whatIsTooLongInBytesStaysInItsProcess"));
    }

    @ParameterizedTest
    @MethodSource({"faults", "faultsOfSharedOnes"})
    void aFaultIsFound(Class<?> caches, String rule) {
        TestExecutionSummary summary = KitRun.of(caches, rule);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(1);
        assertThat(summary.getFailures())
                .as("%s fails on caches that are wrong: %s", rule, caches.getSimpleName())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("faultsWithChanges")
    void aFaultIsFoundInWhatComesAfterAChange(Class<?> caches, String rule, int changes) {
        TestExecutionSummary summary = KitRun.of(caches, rule, CHANGE);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(6);
        assertThat(summary.getFailures()).hasSize(changes);
    }
}
