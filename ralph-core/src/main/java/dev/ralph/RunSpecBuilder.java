/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.spi.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RunSpec}. Not thread-safe; may build more than once. */
public final class RunSpecBuilder {

    private final Prompt prompt;
    private @Nullable WorkspaceRef workspace;
    private final List<AgentRef> agents = new ArrayList<>();
    private @Nullable Limits limits;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private ProgressPolicy progress = ProgressPolicy.DEFAULT;
    private CheckpointPolicy checkpoints = CheckpointPolicy.EVERY_ITERATION;
    private String completionPromise = RunSpec.DEFAULT_PROMISE;
    private final List<GateRef> gates = new ArrayList<>();
    private OnInterrupted onInterrupted = OnInterrupted.CONTINUE;
    private Duration startDelay = Duration.ZERO;
    private int priority;
    private @Nullable String taskId;
    private @Nullable String tenant;
    private @Nullable String subject;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<String> budgets = new ArrayList<>();

    RunSpecBuilder(Prompt prompt) {
        this.prompt = prompt;
    }

    /** The directory the agent works in. This or {@link #workspace(WorkspaceRef)} is required. */
    public RunSpecBuilder workspace(Path directory) {
        return workspace(WorkspaceRef.directory(directory));
    }

    /** Where the agent works. */
    public RunSpecBuilder workspace(WorkspaceRef where) {
        workspace = where;
        return this;
    }

    /** Adds agents to the fallback chain, in this order. Without any, the run uses every ready agent. */
    public RunSpecBuilder agent(String... ids) {
        for (String id : ids) {
            agents.add(AgentRef.of(id));
        }
        return this;
    }

    /** Adds an agent with settings for this run to the fallback chain. */
    public RunSpecBuilder agent(AgentRef agent) {
        agents.add(agent);
        return this;
    }

    /** Without a call, or with null, the run takes the defaults of the orchestrator it is submitted to. */
    public RunSpecBuilder limits(@Nullable Limits value) {
        limits = value;
        return this;
    }

    public RunSpecBuilder retry(RetryPolicy value) {
        retry = value;
        return this;
    }

    public RunSpecBuilder progress(ProgressPolicy value) {
        progress = value;
        return this;
    }

    public RunSpecBuilder checkpoints(CheckpointPolicy value) {
        checkpoints = value;
        return this;
    }

    public RunSpecBuilder completionPromise(String line) {
        completionPromise = line;
        return this;
    }

    /** Adds a gate; gates run in the order they were added. */
    public RunSpecBuilder gate(Gate gate) {
        gates.add(gate.ref());
        return this;
    }

    /** Adds a gate by reference to a registered provider. */
    public RunSpecBuilder gate(GateRef gate) {
        gates.add(gate);
        return this;
    }

    public RunSpecBuilder onInterrupted(OnInterrupted value) {
        onInterrupted = value;
        return this;
    }

    public RunSpecBuilder startDelay(Duration delay) {
        startDelay = delay;
        return this;
    }

    /** Of the runs that wait for a node, those of the highest priority go first; 0 without this. */
    public RunSpecBuilder priority(int value) {
        priority = value;
        return this;
    }

    public RunSpecBuilder taskId(@Nullable String value) {
        taskId = value;
        return this;
    }

    public RunSpecBuilder tenant(@Nullable String value) {
        tenant = value;
        return this;
    }

    public RunSpecBuilder subject(@Nullable String value) {
        subject = value;
        return this;
    }

    public RunSpecBuilder label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** Adds a shared budget the run draws from; it must exist in the store when the run is submitted. */
    public RunSpecBuilder budget(String name) {
        budgets.add(name);
        return this;
    }

    /**
     * Makes the spec.
     *
     * @throws InvalidValueException if a value is missing or outside its range
     */
    public RunSpec build() {
        if (workspace == null) {
            throw new InvalidValueException("workspace", "null", "is required; call workspace(Path)");
        }
        return new RunSpec(
                prompt,
                workspace,
                agents,
                limits,
                retry,
                progress,
                checkpoints,
                completionPromise,
                gates,
                onInterrupted,
                startDelay,
                priority,
                taskId,
                tenant,
                subject,
                labels,
                budgets);
    }
}
