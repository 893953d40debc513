/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.ArtifactException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit finds what is wrong with artifact stores that get one thing wrong each. */
class ArtifactStoreContractStrengthTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(BrokenArtifactStores.WritesOver.class, "anArtifactIsNeverWrittenOver"),
                Arguments.of(BrokenArtifactStores.WritesOver.class, "ofTwoThatWriteUnderOneNameTheFirstToCommitStands"),
                Arguments.of(BrokenArtifactStores.ShowsWhatIsNotWhole.class, "nobodySeesAnArtifactBeforeItIsCommitted"),
                Arguments.of(
                        BrokenArtifactStores.ShowsWhatIsNotWhole.class, "whatIsNotCommittedIsDroppedAndItsNameIsFree"),
                Arguments.of(BrokenArtifactStores.TakesOwnersForOne.class, "ownersOfOneRunKeepApart"),
                Arguments.of(BrokenArtifactStores.DeletesTooMuch.class, "deletingTakesEveryArtifactOfTheRunAndNoOther"),
                Arguments.of(
                        BrokenArtifactStores.PurgesWhatIsOfThatMoment.class,
                        "purgingTakesWhatWasStoredBeforeAMomentAndNothingElse"),
                Arguments.of(BrokenArtifactStores.HoldsEverythingInMemory.class, "aLargeArtifactDoesNotFillTheHeap"),
                Arguments.of(BrokenArtifactStores.AnswersWhenClosed.class, "aClosedStoreDoesNothingMore"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFound(Class<?> store, String rule) {
        TestExecutionSummary summary = KitRun.of(store, rule);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(1);
        assertThat(summary.getFailures())
                .as("%s fails on a store that %s", rule, store.getSimpleName())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException())
                        .isInstanceOfAny(AssertionError.class, ArtifactException.class));
    }
}
