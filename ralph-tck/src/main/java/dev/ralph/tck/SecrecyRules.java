/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentOutcome;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * That an adapter shows neither secrets nor content of its own accord: not in messages, not in logs, not in arguments. What
 * the agent itself writes, Ralph redacts on the way to the host.
 */
interface SecrecyRules extends AgentRules {

    String WITNESS = "witness-c27ab1e4";

    @Test
    default void aSecretTheAgentPrintsIsInNoMessageAndInNoLog() throws Exception {
        String secret = AgentAdapterContract.SECRET.reveal();
        try (LogCapture logs = LogCapture.start()) {
            AgentAdapter adapter = bench().adapterThat(new Behaviour.PrintsItsEnvironment());
            AgentWork work = bench().begin(adapter, AgentBench.PROMPT, new RecordingListener());

            AgentOutcome outcome = work.outcome();

            assertThat(Files.readString(work.workspace().resolve(Behaviour.ENVIRONMENT)))
                    .as("the agent has the secret, or this test would show nothing")
                    .contains(secret);
            assertThat(outcome).isInstanceOf(AgentOutcome.Failed.class);
            assertThat(((AgentOutcome.Failed) outcome).message()).isNotBlank().doesNotContain(secret);
            assertThat(outcome.toString()).doesNotContain(secret);
            assertThat(adapter.toString()).doesNotContain(secret);
            assertThat(adapter.probe().toString()).doesNotContain(secret);
            assertThat(logs.text()).doesNotContain(secret);
        }
    }

    @Test
    default void aSecretIsInNoMessageAndInNoLogHoweverTheAgentEnds() throws Exception {
        String secret = AgentAdapterContract.SECRET.reveal();
        List<Behaviour> behaviours = List.of(
                new Behaviour.Finishes("working", "done"),
                new Behaviour.Fails("no"),
                new Behaviour.Crashes(),
                new Behaviour.PrintsGarbage(),
                new Behaviour.IsMissing());
        try (LogCapture logs = LogCapture.start()) {
            for (Behaviour behaviour : behaviours) {
                AgentAdapter adapter = bench().adapterThat(behaviour);
                AgentOutcome outcome = bench().begin(adapter, AgentBench.PROMPT, new RecordingListener())
                        .outcome();

                assertThat(List.of(outcome, adapter, adapter.probe()))
                        .as("%s", behaviour)
                        .allSatisfy(shown -> assertThat(shown.toString()).doesNotContain(secret));
            }
            assertThat(logs.text()).doesNotContain(secret);
        }
    }

    @Test
    default void neitherPromptNorOutputIsLogged() throws Exception {
        try (LogCapture logs = LogCapture.start()) {
            AgentAdapter finishing =
                    bench().adapterThat(new Behaviour.Finishes("said " + WITNESS, "result " + WITNESS));
            AgentAdapter failing = bench().adapterThat(new Behaviour.Fails("failed " + WITNESS));
            RecordingListener listener = new RecordingListener();

            AgentOutcome.Finished finished = bench().finished(bench().begin(finishing, "prompt " + WITNESS, listener));
            bench().failed(bench().begin(failing, "prompt " + WITNESS, listener));

            assertThat(finished.result()).contains(WITNESS);
            assertThat(finished.toString()).doesNotContain(WITNESS);
            assertThat(logs.text()).doesNotContain(WITNESS);
        }
    }

    @Test
    @Tag("linux")
    default void neitherSecretNorPromptIsInTheArgumentsOfAnyProcess() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Hangs());
        AgentWork work = bench().begin(adapter, "prompt " + WITNESS, new RecordingListener())
                .awaitStarted();

        List<String> commands = ProcessTable.commandLines();

        assertThat(ProcessTable.processesOf(work.workspace())).isNotEmpty();
        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command)
                        .doesNotContain(WITNESS)
                        .doesNotContain(AgentAdapterContract.SECRET.reveal()));
        work.interrupt();
    }
}
