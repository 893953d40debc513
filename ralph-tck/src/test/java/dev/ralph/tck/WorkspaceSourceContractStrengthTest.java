/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.WorkspaceException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit finds what is wrong with sources of workspaces that get one thing wrong each. */
class WorkspaceSourceContractStrengthTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        BrokenWorkspaceSources.PublishesNothing.class,
                        "anotherNodeMakesItFromWhatWasPublishedAndNothingElse"),
                Arguments.of(
                        BrokenWorkspaceSources.BeginsAnewEverywhere.class,
                        "anotherNodeMakesItFromWhatWasPublishedAndNothingElse"),
                Arguments.of(BrokenWorkspaceSources.ForgetsWhereItWas.class, "aRunThatComesBackFindsWhatItLeft"),
                Arguments.of(
                        BrokenWorkspaceSources.SaysThatItHasEverything.class, "aNodeTheRunLeftDoesNotHaveItAnyMore"),
                Arguments.of(BrokenWorkspaceSources.TakesAllRunsForOne.class, "runsThatWouldShareADirectoryShareAKey"),
                Arguments.of(BrokenWorkspaceSources.KeepsItsCopies.class, "whatIsDiscardedIsGoneHereAndPublishedStill"),
                Arguments.of(
                        BrokenWorkspaceSources.WithdrawsNothing.class,
                        "whatIsWithdrawnIsGoneAndWithdrawingAgainDoesNothing"),
                Arguments.of(
                        BrokenWorkspaceSources.LetsRunsShareADirectory.class, "runsThatWouldShareADirectoryShareAKey"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFound(Class<?> source, String rule) {
        TestExecutionSummary summary = KitRun.of(source, rule);

        assertThat(summary.getTestsStartedCount()).as("runs of the rule").isEqualTo(1);
        assertThat(summary.getFailures())
                .as("%s fails on a source that %s", rule, source.getSimpleName())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException())
                        .isInstanceOfAny(AssertionError.class, WorkspaceException.class));
    }
}
