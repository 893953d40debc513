/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.AgentRef;
import dev.ralph.FailureClass;
import dev.ralph.InvalidPromptException;
import dev.ralph.LeaseLostException;
import dev.ralph.OutputRecord;
import dev.ralph.Prompt;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.Metered;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.machine.OutputSketch;
import dev.ralph.internal.output.OutputRecorder;
import dev.ralph.internal.workspace.TaskMarker;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.Lease;
import dev.ralph.spi.UsageReporting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt: invokes the agent, cuts it off when it must end, and turns what came of it into an outcome. */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);
    private static final int PREVIEW = 4000;

    private final WorkerServices services;
    private final RunSpec spec;
    private final Lease lease;
    private final StintClock clock;
    private final InterruptSwitch interrupts;

    AttemptRunner(WorkerServices services, RunSpec spec, Lease lease, StintClock clock, InterruptSwitch interrupts) {
        this.services = services;
        this.spec = spec;
        this.lease = lease;
        this.clock = clock;
        this.interrupts = interrupts;
    }

    /**
     * Runs it to its end.
     *
     * @throws LeaseLostException if the run belongs to another node: it was not launched, or cut off
     * @throws InterruptedException if the thread was interrupted while looking at the workspace afterwards
     */
    Outcome run(Decision.Invoke invoke, String prompt, WorkspaceSession workspace) throws InterruptedException {
        Optional<AgentAdapter> found = services.agents().find(invoke.agent());
        if (found.isEmpty()) {
            return failed(
                    FailureClass.NOT_INSTALLED,
                    "no adapter for agent '" + invoke.agent() + "' is registered on this node",
                    null,
                    Metered.NOTHING,
                    workspace,
                    null);
        }
        AgentAdapter adapter = found.get();
        Map<String, Object> settings = settings(invoke.agent());
        return new ObservedAttempt(services, lease.run(), invoke, adapter, settings).observe(prompt, environment -> {
            AgentInvocation invocation = new AgentInvocation(
                    lease.run(),
                    invoke.iteration(),
                    invoke.attempt(),
                    prompt,
                    workspace.directory(),
                    invoke.allowance(),
                    settings,
                    environment);
            try (OutputRecorder output =
                    services.outputs().begin(ArtifactId.attempt(lease, invoke.iteration(), invoke.attempt()))) {
                return invoke(adapter, invoke, invocation, workspace, output);
            }
        });
    }

    private Outcome invoke(
            AgentAdapter adapter,
            Decision.Invoke invoke,
            AgentInvocation invocation,
            WorkspaceSession workspace,
            OutputRecorder output)
            throws InterruptedException {
        services.leases().requireHeld(lease);
        UsageMeter meter = new UsageMeter();
        AttemptListener listener = new AttemptListener(lease, invoke, meter, interrupts, clock, services, output);
        try {
            AgentOutcome outcome = interrupts.interruptibly(() -> adapter.invoke(invocation, listener));
            return outcome instanceof AgentOutcome.Finished finished
                    ? finished(finished, meter.end(finished.usage()), workspace, output.finish())
                    : failed((AgentOutcome.Failed) outcome, meter, workspace, output.finish());
        } catch (InterruptedException e) {
            boolean streamed = adapter.usageReporting() == UsageReporting.STREAMED;
            return new Outcome.AttemptInterrupted(
                    clock.now(), interruption(), fingerprint(workspace), meter.cutOff(streamed), output.finish());
        } catch (Throwable e) {
            LOG.error(
                    "Run {}: the adapter of agent {} failed",
                    lease.run(),
                    invoke.agent(),
                    services.redactor().failure(e));
            return new Outcome.Broken(
                    clock.now(),
                    StopReason.INTERNAL_ERROR,
                    text("the adapter of agent " + invoke.agent() + " failed: " + e),
                    meter.cutOff(false),
                    output.finish());
        } finally {
            listener.close();
            interrupts.attemptOver();
        }
    }

    private Outcome finished(
            AgentOutcome.Finished finished, Metered usage, WorkspaceSession workspace, @Nullable OutputRecord output)
            throws InterruptedException {
        String result = services.redactor().redact(finished.result());
        boolean claimed =
                CompletionClaim.promised(finished.result(), spec.completionPromise()) || markedComplete(workspace);
        return new Outcome.AttemptFinished(
                clock.now(),
                claimed,
                StorableText.end(result, PREVIEW),
                finished.cut(),
                OutputSketch.of(result),
                fingerprint(workspace),
                usage,
                output);
    }

    private Outcome failed(
            AgentOutcome.Failed failed, UsageMeter meter, WorkspaceSession workspace, @Nullable OutputRecord output)
            throws InterruptedException {
        return failed(
                failed.failure(),
                text(failed.message()),
                failed.retryAfter(),
                meter.end(failed.usage()),
                workspace,
                output);
    }

    private Outcome failed(
            FailureClass failure,
            String message,
            @Nullable Duration retryAfter,
            Metered usage,
            WorkspaceSession workspace,
            @Nullable OutputRecord output)
            throws InterruptedException {
        return new Outcome.AttemptFailed(
                clock.now(),
                failure,
                message,
                retryAfter,
                fingerprint(workspace),
                usage,
                services.jitter().getAsDouble(),
                output);
    }

    /** Why the attempt was cut off; an interrupt that is not Ralph's means that the host stops the thread. */
    private Outcome.Interruption interruption() {
        Cutoff cause = interrupts.cause();
        if (cause == null) {
            interrupts.cutOff(Cutoff.SHUTDOWN);
            return Outcome.Interruption.SHUTDOWN;
        }
        return switch (cause) {
            case CANCELLED -> Outcome.Interruption.CANCELLED;
            case SHUTDOWN -> Outcome.Interruption.SHUTDOWN;
            case TOKENS -> Outcome.Interruption.TOKENS;
            case COST -> Outcome.Interruption.COST;
            case LEASE_LOST -> throw new LeaseLostException("run " + lease.run() + " was lost during an attempt");
        };
    }

    private boolean markedComplete(WorkspaceSession workspace) {
        if (!(spec.prompt() instanceof Prompt.File)) {
            return false;
        }
        try {
            return TaskMarker.taskMarkedComplete(PromptText.read(spec, workspace.directory()));
        } catch (InvalidPromptException e) {
            LOG.warn(
                    "Run {}: the prompt file cannot be read after the attempt: {}",
                    lease.run(),
                    services.redactor().line(e.getMessage()));
            return false;
        }
    }

    private @Nullable String fingerprint(WorkspaceSession workspace) throws InterruptedException {
        try {
            return workspace.fingerprint();
        } catch (WorkspaceException e) {
            LOG.warn(
                    "Run {}: the workspace cannot be looked at: {}",
                    lease.run(),
                    services.redactor().line(e.getMessage()));
            return null;
        }
    }

    private String text(String fromOutside) {
        return StorableText.of(services.redactor().redact(fromOutside));
    }

    private Map<String, Object> settings(String agent) {
        return spec.agents().stream()
                .filter(ref -> ref.id().equals(agent))
                .findFirst()
                .map(AgentRef::settings)
                .orElse(Map.of());
    }
}
