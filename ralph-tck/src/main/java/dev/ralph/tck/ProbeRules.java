/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an adapter says of itself and its agent without spending anything. */
interface ProbeRules extends AgentRules {

    Duration PROBE_TIME = Duration.ofSeconds(15);

    @Test
    default void anAdapterHasAnIdThatDoesNotChange() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Hangs());

        assertThat(adapter.id()).matches("[A-Za-z0-9_-]+").isEqualTo(adapter.id());
        assertThat(adapter.usageReporting()).isNotNull();
    }

    @Test
    default void anAgentThatIsInstalledIsReady() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Finishes("ready", "done"));

        AgentProbe probe = probe(adapter);

        assertThat(probe.ready()).as("%s", probe).isTrue();
    }

    @Test
    default void anAgentThatIsMissingIsNotReadyAndTheProbeSaysWhatToDo() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.IsMissing());

        AgentProbe probe = probe(adapter);

        assertThat(probe.ready()).isFalse();
        assertThat(probe.version()).isNull();
        assertThat(probe.problem()).isNotBlank();
        assertThat(probe.fix()).isNotBlank();
    }

    @Test
    default void probingAnAgentThatHangsOrFailsThrowsNothingAndTakesSeconds() throws Exception {
        for (Behaviour behaviour :
                new Behaviour[] {new Behaviour.Hangs(), new Behaviour.Fails("no"), new Behaviour.PrintsGarbage()}) {
            AgentAdapter adapter = bench().adapterThat(behaviour);

            assertThatCode(() -> probe(adapter)).as("probe of %s", behaviour).doesNotThrowAnyException();
        }
    }

    private static AgentProbe probe(AgentAdapter adapter) {
        long start = System.nanoTime();
        AgentProbe probe = adapter.probe();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROBE_TIME);
        return probe;
    }
}
