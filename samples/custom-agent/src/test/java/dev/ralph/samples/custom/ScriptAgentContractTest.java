/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.RunId;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.UsageReport;
import dev.ralph.tck.AgentAdapterContract;
import dev.ralph.tck.AgentScript;
import dev.ralph.tck.Behaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent {@code script} does what every agent must. */
@Tag("integration")
class ScriptAgentContractTest extends AgentAdapterContract {

    private ProcessLauncher launcher;

    @BeforeEach
    void openLauncher() {
        launcher = ProcessLauncher.builder().build();
    }

    @AfterEach
    void closeLauncher() {
        launcher.close();
    }

    @Override
    protected AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
        return agent(new AgentScript(AgentScript.PLAIN_TEXT).write(directory(), behaviour));
    }

    /** The command agent's own, which a plug-in cannot set by a property. */
    @Override
    protected Duration grace() {
        return Duration.ofSeconds(5);
    }

    /** Generous: this host may be busy with other things. */
    @Override
    protected Duration slack() {
        return Duration.ofSeconds(10);
    }

    /** Plain text says nothing of usage. */
    @Override
    protected UsageReport understood(UsageReport said) {
        return UsageReport.UNKNOWN;
    }

    @ParameterizedTest
    @CsvSource({"75, OVERLOADED", "77, AUTHENTICATION", "1, AGENT_ERROR"})
    void anExitCodeOfSysexitsIsTheFailureItMeans(int code, FailureClass failure) throws Exception {
        AgentOutcome outcome = invoke(agent(program("exit " + code)), Map.of());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AgentOutcome.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
    }

    @Test
    void aRunCannotChooseTheProgram() throws Exception {
        AgentOutcome outcome = invoke(agent(program("echo never")), Map.of("command", "/bin/other"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AgentOutcome.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(FailureClass.INVALID_ARGUMENT));
    }

    @Test
    void aHostThatConfiguredNoProgramIsToldWhichOneIsLookedFor() {
        AgentAdapter agent = new ScriptAgentProvider().create(new PluginHost(launcher, Map.of(), SECRET));

        assertThat(agent.probe().ready()).isFalse();
        assertThat(agent.probe().problem()).contains("ralph-script");
    }

    private AgentAdapter agent(Path program) {
        Map<String, String> settings = Map.of("RALPH_SCRIPT", program.toString(), "RALPH_SCRIPT_SECRET", SECRET.name());
        return new ScriptAgentProvider().create(new PluginHost(launcher, settings, SECRET));
    }

    private Path program(String body) throws Exception {
        Path program = Files.writeString(directory().resolve("program"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private AgentOutcome invoke(AgentAdapter agent, Map<String, Object> settings) throws Exception {
        Allowance allowance = new Allowance(null, null, Duration.ofMinutes(1), Duration.ofMinutes(1));
        AgentInvocation invocation =
                new AgentInvocation(RunId.create(Instant.now()), 1, 1, "work", directory(), allowance, settings);
        return agent.invoke(invocation, new AgentListener() {
            @Override
            public void text(String text) {}

            @Override
            public void toolCalled(String tool, String summary) {}

            @Override
            public void toolReturned(String tool, boolean ok, String summary) {}

            @Override
            public void usage(UsageReport report) {}
        });
    }
}
