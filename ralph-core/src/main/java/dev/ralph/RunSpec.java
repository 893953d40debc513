/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run is asked to do. Immutable; stored with the run, so that any node can go on with it.
 *
 * @param prompt what the agent is asked to do
 * @param workspace where the agent works
 * @param agents the agents to use, the first that can be used first; empty means {@code auto}: every ready agent in the
 *     order the orchestrator prefers
 * @param requestedLimits what the run may use at most, or null for the defaults of the orchestrator it is submitted to
 * @param retry what happens after an attempt that did not work
 * @param progress when a run that gets nowhere is ended
 * @param checkpoints when the workspace is checkpointed
 * @param completionPromise the line that claims completion when it is the last non-blank line of the agent's result
 * @param gates checks Ralph runs itself after a claim, in this order; empty means a claim is taken unverified
 * @param onInterrupted what happens to half-done edits of an attempt that was cut off
 * @param startDelay how long to wait after submission before the first attempt
 * @param priority of the runs that wait for a node, those of the highest go first; 0 unless it matters
 * @param taskId the idempotency key: submitting it again returns the same run; null for none
 * @param tenant whose run this is, for listing and budgets; null for none
 * @param subject the person whose data this is, for privacy requests; null for none. The same in every tenant: a request for
 *     a subject is one for its runs in all tenants, so where tenants name people independently, put the tenant into it
 * @param labels clear text for searching; never personal data
 * @param budgets names of the shared budgets this run draws from
 */
public record RunSpec(
        Prompt prompt,
        WorkspaceRef workspace,
        List<AgentRef> agents,
        @Nullable Limits requestedLimits,
        RetryPolicy retry,
        ProgressPolicy progress,
        CheckpointPolicy checkpoints,
        String completionPromise,
        List<GateRef> gates,
        OnInterrupted onInterrupted,
        Duration startDelay,
        int priority,
        @Nullable String taskId,
        @Nullable String tenant,
        @Nullable String subject,
        Map<String, String> labels,
        List<String> budgets) {

    /** The default of {@link #completionPromise}. */
    public static final String DEFAULT_PROMISE = "LOOP_COMPLETE";

    /** The highest priority; the lowest is its negative. */
    public static final int MAX_PRIORITY = 1000;

    private static final int MAX_KEY_LENGTH = 255;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public RunSpec {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(workspace, "workspace");
        agents = List.copyOf(agents);
        gates = List.copyOf(gates);
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
        budgets = List.copyOf(new TreeSet<>(budgets));
        Check.notBlank("completionPromise", completionPromise);
        if (!completionPromise.equals(completionPromise.strip())
                || completionPromise.lines().count() > 1) {
            throw new InvalidValueException(
                    "completionPromise", completionPromise, "must be one line without blanks around it");
        }
        Check.atMost("completionPromise", Check.storable("completionPromise", completionPromise), MAX_KEY_LENGTH);
        Check.notNegative("startDelay", startDelay);
        Check.inRange("priority", priority, -MAX_PRIORITY, MAX_PRIORITY);
        checkKey("taskId", taskId);
        checkKey("tenant", tenant);
        checkKey("subject", subject);
        labels.forEach((name, value) -> {
            checkKey("label name", name);
            Check.atMost("label " + name, Check.storable("label " + name, value), MAX_KEY_LENGTH);
        });
        budgets.forEach(name -> checkKey("budget", name));
        if (onInterrupted == OnInterrupted.ROLLBACK && checkpoints.every() != 1) {
            throw new InvalidValueException(
                    "checkpoints.every",
                    checkpoints.every(),
                    "must be 1 with onInterrupted ROLLBACK, or a rollback would undo recorded iterations");
        }
        if (agents.stream().map(AgentRef::id).distinct().count() != agents.size()) {
            throw new InvalidValueException(
                    "agents", agents.stream().map(AgentRef::id).toList(), "names an agent twice; name each once");
        }
    }

    /** What the run may use at most: {@link #requestedLimits}, or {@link Limits#DEFAULT} if it has none. */
    public Limits limits() {
        return requestedLimits == null ? Limits.DEFAULT : requestedLimits;
    }

    /** This spec with its limits set. */
    public RunSpec withLimits(Limits limits) {
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

    /** Starts a spec with prompt text. */
    public static RunSpecBuilder prompt(String text) {
        return new RunSpecBuilder(new Prompt.Text(text));
    }

    /** Starts a spec with a prompt file inside the workspace, read again before every attempt. */
    public static RunSpecBuilder promptFile(Path file) {
        return new RunSpecBuilder(new Prompt.File(file));
    }

    private static void checkKey(String field, @Nullable String value) {
        if (value != null) {
            Check.atMost(field, Check.notBlank(field, value), MAX_KEY_LENGTH);
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidValueException(field, value.replaceAll("\\p{Cntrl}", "?"), "has control characters");
            }
            Check.storable(field, value);
        }
    }
}
