/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Allowance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adapters to test, workspaces for their agents, and what the rules do with them again and again. */
final class AgentBench {

    /** Longer than any test takes. */
    static final Duration LONG = Duration.ofMinutes(10);

    static final String PROMPT = "Make the tests pass";

    private final AgentAdapterContract contract;
    private final Path directory;
    private final List<AgentAdapter> adapters = new ArrayList<>();
    private final List<AgentWork> begun = new ArrayList<>();

    AgentBench(AgentAdapterContract contract, Path directory) {
        this.contract = contract;
        this.directory = directory;
    }

    /** What the implementer says about the adapter. */
    AgentAdapterContract contract() {
        return contract;
    }

    AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
        AgentAdapter adapter = contract.adapterThat(behaviour);
        adapters.add(adapter);
        return adapter;
    }

    /** Lets an agent that behaves so work on a prompt nobody cares about, with time enough. */
    AgentWork begin(Behaviour behaviour) throws Exception {
        return begin(behaviour, LONG, LONG);
    }

    AgentWork begin(Behaviour behaviour, Duration timeout, Duration idle) throws Exception {
        return begin(adapterThat(behaviour), PROMPT, timeout, idle, new RecordingListener());
    }

    AgentWork begin(AgentAdapter adapter, String prompt, AgentListener listener) throws IOException {
        return begin(adapter, prompt, LONG, LONG, listener);
    }

    private AgentWork begin(
            AgentAdapter adapter, String prompt, Duration timeout, Duration idle, AgentListener listener)
            throws IOException {
        AgentWork work = AgentWork.start(adapter, invocation(prompt, timeout, idle), listener);
        begun.add(work);
        return work;
    }

    /** How long an adapter takes to throw on a thread that was interrupted before. */
    Duration beginInterrupted(Behaviour behaviour) throws Exception {
        return AgentWork.startInterrupted(
                adapterThat(behaviour), invocation(PROMPT, LONG, LONG), new RecordingListener());
    }

    private AgentInvocation invocation(String prompt, Duration timeout, Duration idle) throws IOException {
        Path workspace = Files.createDirectory(directory.resolve("workspace-" + UUID.randomUUID()));
        Allowance allowance = new Allowance(null, null, timeout, idle);
        return new AgentInvocation(RunId.create(Instant.now()), 1, 1, prompt, workspace, allowance, Map.of());
    }

    AgentOutcome outcomeOf(Behaviour behaviour) throws Exception {
        return begin(behaviour).outcome();
    }

    /** An agent that must come to its end. */
    AgentOutcome.Finished finished(AgentWork work) throws Exception {
        AgentOutcome outcome = work.outcome();
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        return (AgentOutcome.Finished) outcome;
    }

    /** An agent that must fail. */
    AgentOutcome.Failed failed(AgentWork work) throws Exception {
        AgentOutcome outcome = work.outcome();
        assertThat(outcome).isInstanceOf(AgentOutcome.Failed.class);
        return (AgentOutcome.Failed) outcome;
    }

    /** The most an adapter may take to end everything it started. */
    Duration endBound() {
        return contract.grace().plus(contract.slack());
    }

    void close() throws InterruptedException {
        for (AgentWork work : begun) {
            work.abandon();
        }
        adapters.forEach(AgentAdapter::close);
    }
}
