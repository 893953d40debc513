/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.CheckpointPolicy;
import dev.ralph.GateRef;
import dev.ralph.InvalidValueException;
import dev.ralph.Limits;
import dev.ralph.OnInterrupted;
import dev.ralph.RetryPolicy;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.gate.CommandGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run is asked to do, from the command line. */
public final class SpecOptions {

    @ArgGroup(multiplicity = "1")
    private PromptOptions prompt = new PromptOptions();

    @Mixin
    private AgentOptions agents = new AgentOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private WorkspaceOptions workspace = new WorkspaceOptions();

    @Option(
            names = "--gate",
            paramLabel = "COMMAND",
            description =
                    "Command that must succeed before a claim of completion counts; give it again for more. It runs"
                            + " in the workspace. Split at blanks; '…', \"…\" and \\ quote as in a shell, but no shell reads it:"
                            + " for pipes and variables write --gate \"sh -c '…'\".")
    private List<String> gates = new ArrayList<>();

    @Option(
            names = "--plugin-gate",
            paramLabel = "TYPE:JSON",
            converter = PluginGate.class,
            description = "Gate of a plug-in on the class path, by its type, with its settings as a JSON object:"
                    + " files:'{\"exist\":[\"NOTES.md\"]}'. It runs after those of --gate. Give it again for more.")
    private List<GateRef> pluginGates = new ArrayList<>();

    @Option(
            names = "--gate-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time each command of --gate may take (default: 10m).")
    private @Nullable Duration gateTimeout;

    @Option(
            names = "--promise",
            paramLabel = "LINE",
            defaultValue = RunSpec.DEFAULT_PROMISE,
            description = "Last line of an agent's answer that claims completion (default: ${DEFAULT-VALUE}).")
    private String promise = RunSpec.DEFAULT_PROMISE;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            defaultValue = "1",
            description = "Checkpoint the workspace after every N iterations; 0 for never (default: ${DEFAULT-VALUE}).")
    private int checkpointEvery = 1;

    @Option(
            names = "--on-interrupted",
            paramLabel = "WHAT",
            defaultValue = "CONTINUE",
            description = "What becomes of half-done edits of an attempt that was cut off: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE}).")
    private OnInterrupted onInterrupted = OnInterrupted.CONTINUE;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "Failed iterations in a row that end the run (default: 5).")
    private @Nullable Integer maxFailures;

    @Option(
            names = "--task-id",
            paramLabel = "ID",
            description = "Your name for the task: giving it again finds the run it has instead of making another.")
    private @Nullable String taskId;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Label to find the run by; give it again for more. Never personal data.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description = "Whose personal data the run works on, for 'ralph export' and 'ralph erase'.")
    private @Nullable String subject;

    /** For picocli. */
    public SpecOptions() {}

    /** Whether the agent's program was given as words of its own. */
    public boolean hasAgentArguments() {
        return agents.hasArguments();
    }

    /** Your name for the task, or null. */
    public @Nullable String taskId() {
        return taskId;
    }

    /**
     * The spec.
     *
     * @param defaults the limits that are not given
     * @throws dev.ralph.RalphException if an option cannot be used
     */
    public RunSpec spec(Limits defaults) {
        return start(defaults).build();
    }

    /** A builder with all of it. */
    RunSpecBuilder start(Limits defaults) {
        RunSpecBuilder spec = prompt.start(workspace.directory())
                .workspace(workspace.ref())
                .limits(limits.over(defaults))
                .completionPromise(promise)
                .checkpoints(new CheckpointPolicy(checkpointEvery))
                .onInterrupted(onInterrupted)
                .taskId(taskId)
                .subject(subject);
        agents.agents().forEach(spec::agent);
        gates.forEach(gate -> spec.gate(gate(gate)));
        pluginGates.forEach(spec::gate);
        labels.forEach(spec::label);
        if (maxFailures != null) {
            spec.retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(maxFailures));
        }
        if (gateTimeout != null && gates.isEmpty()) {
            throw new InvalidValueException("--gate-timeout", gateTimeout, "has no --gate to apply to");
        }
        return spec;
    }

    private CommandGate gate(String text) {
        CommandGate gate = CommandGate.of(CommandWords.split("--gate", text));
        return gateTimeout == null ? gate : gate.withTimeout(gateTimeout);
    }
}
