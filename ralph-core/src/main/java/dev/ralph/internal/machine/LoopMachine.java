/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The loop of one run as a pure function: {@link #next} decides, {@link #apply} takes in what came of it. Deterministic:
 * the same state and arguments give the same result, on any node, now or after a restart. Immutable.
 */
public final class LoopMachine {

    private final RunId id;
    private final RunSpec spec;

    public LoopMachine(RunId id, RunSpec spec) {
        this.id = id;
        this.spec = spec;
    }

    /**
     * What happens next.
     *
     * @throws IllegalStateException if an attempt is in flight: its outcome must be applied first
     */
    public Decision next(LoopState state, Instant now) {
        if (state.phase() instanceof Phase.Attempting) {
            throw new IllegalStateException("run " + id + " has an attempt in flight; apply its outcome first");
        }
        Ending ending = EndRules.due(spec, state, now);
        if (ending != null) {
            return conclude(state, ending, now);
        }
        if (state.whereabouts().waits(now)) {
            // Nothing below could be done now, so that a pause has nothing to wait for but what is not published.
            return state.inbox().pause() && !state.unpublished()
                    ? new Decision.Wait(null, "paused")
                    : awaitWorkspace(state, now);
        }
        if (state.checkpoints().restore() && state.checkpoints().last() != null) {
            return new Decision.Restore(
                    state.checkpoints().last().number(),
                    state.checkpoints().last().commit());
        }
        if (state.unpublished()) {
            return checkpoint(state);
        }
        if (state.phase() instanceof Phase.Verifying) {
            return new Decision.Verify(state.recorded(), spec.gates());
        }
        if (state.inbox().pause()) {
            return new Decision.Wait(null, "paused");
        }
        // What moves is checkpointed above, and never in the middle of an iteration: another node would go on from
        // that.
        if (!state.whereabouts().moves()
                && state.checkpoints().due(spec.checkpoints().every())) {
            return checkpoint(state);
        }
        return proceed(state, now);
    }

    /**
     * The state after an outcome, and what is to be committed with it. Whatever comes after the end changes nothing, but for
     * the command to go on with a run that was given up for the nodes it killed.
     *
     * @throws IllegalStateException if the outcome answers no decision of this state, which is a bug of the caller
     */
    public Transition apply(LoopState state, Outcome outcome) {
        if (state.phase() instanceof Phase.Ended && !isRetry(state, outcome)) {
            return new Transition(state, List.of(), List.of(), List.of());
        }
        return outcome.accept(new OutcomeApplier(id, spec, state));
    }

    /**
     * The checkpoint that what was applied last is to be committed together with, and not before: where workspaces move,
     * nothing is recorded that another node could not go on from. If it fails, that is what is committed.
     */
    public Optional<Decision.Checkpoint> checkpointToCommitWith(LoopState state, Instant now) {
        boolean holdsBack = state.whereabouts().moves() && !(state.phase() instanceof Phase.Attempting);
        return holdsBack && next(state, now) instanceof Decision.Checkpoint due ? Optional.of(due) : Optional.empty();
    }

    /**
     * Whether a node that does not have the workspace where it was last leaves the run to the one that has: something is
     * recorded that is not published, or an iteration is half done and waits for its agent, and that node is given time to
     * come back for it. A run that is cancelled has no use for half-done edits.
     */
    public boolean staysInPlace(LoopState state, Instant now) {
        if (state.checkpoints().last() == null) {
            return false;
        }
        if (state.unpublished()) {
            return state.whereabouts().isExpectedBack(spec.retry(), now);
        }
        WaitState waiting = state.waiting();
        return state.halfDone()
                && !state.inbox().cancel()
                && waiting != null
                && now.isBefore(waiting.until().plus(spec.retry().maxDelay()));
    }

    /** Whether the run is parked and has nothing to do yet, so that nobody needs to take it up. */
    public boolean idle(LoopState state, Instant now) {
        boolean parked = state.status() == RunStatus.WAITING || state.status() == RunStatus.PAUSED;
        return parked
                && next(state, now) instanceof Decision.Wait wait
                && (wait.until() == null) == (state.status() == RunStatus.PAUSED);
    }

    /**
     * Whether the run must not be worked on, because it killed too many nodes: it ends before anything else is done.
     *
     * @param lapses leases that ran out in a row without a step
     */
    public boolean hopeless(LoopState state, int lapses) {
        return state.ending() == null
                && state.streaks().takeovers() + lapses >= spec.retry().maxTakeovers();
    }

    private static boolean isRetry(LoopState state, Outcome outcome) {
        return outcome instanceof Outcome.Commanded commanded
                && commanded.command() instanceof Command.Retry
                && state.ending() != null
                && state.ending().reason() == StopReason.DEAD_LETTERED;
    }

    private Decision conclude(LoopState state, Ending ending, Instant now) {
        boolean workspaceUsable =
                ending.reason() != StopReason.WORKSPACE_LOST && ending.reason() != StopReason.DEAD_LETTERED;
        if (!workspaceUsable || state.phase() instanceof Phase.Ended) {
            return new Decision.Finish(ending);
        }
        if (state.checkpoints().dueAtEnd(spec.checkpoints().every())) {
            return checkpoint(state);
        }
        if (isWorthWaitingFor(state, ending, now)) {
            return state.whereabouts().waits(now) ? awaitWorkspace(state, now) : checkpoint(state);
        }
        return new Decision.Finish(ending);
    }

    /** The result of a run whose last checkpoint could not be published is on one node only: there is time to try again. */
    private boolean isWorthWaitingFor(LoopState state, Ending ending, Instant now) {
        Checkpoints checkpoints = state.checkpoints();
        return state.whereabouts().moves()
                && checkpoints.last() != null
                && checkpoints.dirty()
                && ending.reason() != StopReason.CANCELLED
                && !remainingRuntime(state, now).isNegative()
                && !remainingRuntime(state, now).isZero();
    }

    private Decision awaitWorkspace(LoopState state, Instant now) {
        Whereabouts where = state.whereabouts();
        Instant retryAt = Objects.requireNonNull(where.retryAt(), "retryAt");
        return new Decision.Wait(earlier(retryAt, now.plus(remainingRuntime(state, now))), where.problem());
    }

    private Decision proceed(LoopState state, Instant now) {
        Instant deadline = now.plus(remainingRuntime(state, now));
        WaitState waiting = state.waiting();
        if (waiting != null && now.isBefore(waiting.until())) {
            return new Decision.Wait(earlier(waiting.until(), deadline), waiting.detail());
        }
        AgentChoice choice = AgentChoice.of(state.agents(), now);
        if (choice instanceof AgentChoice.Use use) {
            return invoke(state, use.agent(), now);
        }
        if (choice instanceof AgentChoice.Later later) {
            return later.until().isBefore(deadline)
                    ? new Decision.Wait(later.until(), later.detail())
                    : conclude(
                            state,
                            Ending.of(
                                    StopReason.AGENT_UNAVAILABLE,
                                    later.detail() + " (until " + later.until() + ", after the end of the run's time)"),
                            now);
        }
        AgentChoice.Nobody nobody = (AgentChoice.Nobody) choice;
        return conclude(state, Ending.of(nobody.reason(), nobody.detail()), now);
    }

    private Decision invoke(LoopState state, String agent, Instant now) {
        OpenIteration open = state.open();
        return new Decision.Invoke(
                open == null ? state.recorded() + 1 : open.number(),
                open == null ? 1 : open.attempts() + 1,
                agent,
                Allotment.reservation(spec, state),
                Allotment.allowance(spec.limits(), state, now));
    }

    private static Decision checkpoint(LoopState state) {
        return new Decision.Checkpoint(state.checkpoints().nextNumber(state.recorded()), state.recorded());
    }

    private Duration remainingRuntime(LoopState state, Instant now) {
        return spec.limits().maxRuntime().minus(state.clock().at(now));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
