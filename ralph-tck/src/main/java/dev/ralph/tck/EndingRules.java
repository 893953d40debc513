/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.spi.AgentOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** That an adapter ends its agent when it must, in time. */
interface EndingRules extends AgentRules {

    Duration SHORT = Duration.ofSeconds(1);

    @Test
    default void anInterruptionEndsTheAgentWithinGraceAndASecond() throws Exception {
        for (Behaviour behaviour :
                List.of(new Behaviour.Hangs(), new Behaviour.Chatters(), new Behaviour.IgnoresTermination())) {
            AgentWork work = bench().begin(behaviour).awaitStarted();

            assertThat(work.interrupt()).as("%s", behaviour).isLessThan(bench().endBound());
        }
    }

    @Test
    default void anInterruptionOfAnAgentThatIsJustStartingEndsItToo() throws Exception {
        for (int millis = 0; millis < 60; millis += 5) {
            AgentWork work = bench().begin(new Behaviour.Hangs());
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());

            assertThat(work.interrupt()).as("interrupted after %d ms", millis).isLessThan(bench().endBound());
        }
    }

    @Test
    default void aThreadThatIsInterruptedAlreadyThrows() throws Exception {
        assertThat(bench().beginInterrupted(new Behaviour.Hangs())).isLessThan(bench().endBound());
        assertThat(bench().beginInterrupted(new Behaviour.DigestsItsPrompt())).isLessThan(bench().endBound());
    }

    @Test
    default void anAgentThatWorksTooLongIsEndedByTheWallClock() throws Exception {
        Map<Behaviour, AgentWork> works = new LinkedHashMap<>();
        for (Behaviour behaviour : List.of(new Behaviour.Chatters(), new Behaviour.IgnoresTermination())) {
            works.put(behaviour, bench().begin(behaviour, SHORT, AgentBench.LONG));
        }

        assertEndedInTime(works, FailureClass.TIMEOUT);
    }

    @Test
    default void anAgentThatIsSilentTooLongIsIdle() throws Exception {
        Map<Behaviour, AgentWork> works = new LinkedHashMap<>();
        for (Behaviour behaviour : List.of(new Behaviour.Hangs(), new Behaviour.IgnoresTermination())) {
            works.put(behaviour, bench().begin(behaviour, AgentBench.LONG, SHORT));
        }

        assertEndedInTime(works, FailureClass.IDLE);
    }

    private void assertEndedInTime(Map<Behaviour, AgentWork> works, FailureClass failure) throws Exception {
        for (Map.Entry<Behaviour, AgentWork> one : works.entrySet()) {
            AgentWork work = one.getValue();
            assertThat(bench().failed(work).failure()).as("%s", one.getKey()).isEqualTo(failure);
            assertThat(work.took()).as("%s", one.getKey()).isBetween(SHORT, SHORT.plus(bench().endBound()));
        }
    }

    @Test
    default void anAgentThatWritesIsNotIdle() throws Exception {
        AgentWork work = bench().begin(new Behaviour.Chatters(), SHORT.multipliedBy(3), SHORT);

        AgentOutcome.Failed failed = bench().failed(work);

        assertThat(failed.failure()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(work.took()).isGreaterThanOrEqualTo(SHORT.multipliedBy(3));
    }

    @Test
    default void aProcessThatHoldsTheOutputOpenDoesNotHoldUpTheAgentsEnd() throws Exception {
        AgentWork work = bench().begin(new Behaviour.LeavesAProcess("42 passed"));
        work.awaitFile(Behaviour.LEFT);
        long left = System.nanoTime();

        AgentOutcome.Finished finished = bench().finished(work);

        assertThat(finished.result().strip()).endsWith("42 passed");
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(bench().endBound());
    }
}
