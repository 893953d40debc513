/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.AgentOutcome;
import org.junit.jupiter.api.Test;

/** That an agent's output, however large, neither fills the heap nor stops the agent. */
interface OutputRules extends AgentRules {

    @Test
    default void aHugeResultInLinesIsCut() throws Exception {
        assertCut(new Behaviour.Floods(bench().contract().floodBytes(), true));
    }

    @Test
    default void aHugeResultInOneLineIsCut() throws Exception {
        assertCut(new Behaviour.Floods(bench().contract().floodBytes(), false));
    }

    @Test
    default void errorsWithoutEndDoNotStopTheAgent() throws Exception {
        HeapWatch heap = HeapWatch.start();
        AgentOutcome outcome =
                bench().outcomeOf(new Behaviour.FloodsErrors(bench().contract().floodBytes(), "42 passed"));
        long growth = heap.stop();

        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(((AgentOutcome.Finished) outcome).result().strip()).endsWith("42 passed");
        assertThat(growth)
                .as("growth of the heap in bytes")
                .isLessThan(bench().contract().heapBytes());
    }

    private void assertCut(Behaviour.Floods flood) throws Exception {
        HeapWatch heap = HeapWatch.start();
        AgentOutcome outcome = bench().outcomeOf(flood);
        long growth = heap.stop();

        assertThat(growth)
                .as("growth of the heap in bytes")
                .isLessThan(bench().contract().heapBytes());
        if (outcome instanceof AgentOutcome.Finished finished) {
            assertThat(finished.cut()).as("what is missing is said to be").isTrue();
            assertThat((long) finished.result().length()).isLessThan(flood.bytes());
        } else {
            assertThat(((AgentOutcome.Failed) outcome).message()).isNotBlank();
        }
    }
}
