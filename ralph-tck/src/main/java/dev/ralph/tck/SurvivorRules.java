/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.AgentAdapter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That nothing an agent started is left once the invocation is over, however it ended. */
interface SurvivorRules extends AgentRules {

    @Test
    @Tag("linux")
    default void nothingIsLeftOfAnAgentThatEndedByItself() throws Exception {
        List<Behaviour> behaviours = List.of(
                new Behaviour.Finishes("working", "done"),
                new Behaviour.Fails("no"),
                new Behaviour.Crashes(),
                new Behaviour.PrintsGarbage(),
                new Behaviour.Floods(5_000_000, true),
                new Behaviour.IsMissing());
        for (Behaviour behaviour : behaviours) {
            AgentWork work = bench().begin(behaviour);

            work.outcome();

            assertNothingLeft(work, behaviour);
        }
    }

    @Test
    @Tag("linux")
    default void nothingIsLeftOfAProcessTheAgentSetApart() throws Exception {
        Behaviour behaviour = new Behaviour.LeavesAProcess("done");
        AgentWork work = bench().begin(behaviour);

        work.outcome();

        assertThat(work.workspace().resolve(Behaviour.LEFT))
                .as("the process was there, or this test would show nothing")
                .exists();
        assertNothingLeft(work, behaviour);
    }

    @Test
    @Tag("linux")
    default void nothingIsLeftAfterAnInterruption() throws Exception {
        for (Behaviour behaviour :
                List.of(new Behaviour.Hangs(), new Behaviour.Chatters(), new Behaviour.IgnoresTermination())) {
            AgentWork work = bench().begin(behaviour).awaitStarted();
            assertThat(ProcessTable.startedByAgentIn(work.workspace()))
                    .as("processes of an agent at work, or this test would show nothing")
                    .isNotEmpty();

            work.interrupt();

            assertNothingLeft(work, behaviour);
        }
    }

    @Test
    @Tag("linux")
    default void nothingIsLeftAfterATimeOut() throws Exception {
        Map<AgentWork, Behaviour> works = new LinkedHashMap<>();
        for (Behaviour behaviour : List.of(new Behaviour.Hangs(), new Behaviour.IgnoresTermination())) {
            works.put(bench().begin(behaviour, Duration.ofSeconds(1), AgentBench.LONG), behaviour);
            works.put(bench().begin(behaviour, AgentBench.LONG, Duration.ofSeconds(1)), behaviour);
        }

        for (Map.Entry<AgentWork, Behaviour> one : works.entrySet()) {
            one.getKey().outcome();
            assertNothingLeft(one.getKey(), one.getValue());
        }
    }

    @Test
    @Tag("linux")
    default void nothingIsLeftIfTheListenerThrows() throws Exception {
        Behaviour behaviour = new Behaviour.Finishes("working", "done");
        AgentAdapter adapter = bench().adapterThat(behaviour);
        AgentWork work = bench().begin(adapter, AgentBench.PROMPT, new OutcomeRules.ThrowingListener());

        work.outcome();

        assertNothingLeft(work, behaviour);
    }

    /** The agent's processes are gone at once; those of the adapter itself may still be on their way out. */
    private void assertNothingLeft(AgentWork work, Behaviour behaviour) {
        assertThat(ProcessTable.startedByAgentIn(work.workspace()))
                .as("processes left of an agent for %s", behaviour)
                .isEmpty();
        Awaitility.await("the adapter's own processes for " + behaviour + " end")
                .atMost(bench().contract().slack())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() ->
                        assertThat(ProcessTable.processesOf(work.workspace())).isEmpty());
    }
}
