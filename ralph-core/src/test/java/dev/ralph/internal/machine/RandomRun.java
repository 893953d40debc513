/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.GateRef;
import dev.ralph.Reservation;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.Command;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run in a world where anything happens that can: agents fail in every way, nodes die and close, budgets are short,
 * people interfere, workspaces move and cannot be reached. After a number of turbulent steps the world calms down, so that every run comes to its end.
 */
final class RandomRun {

    private static final int MOST_STEPS = 5000;
    private static final List<String> READY = List.of("claude", "gemini");

    private final Dice dice;
    private final RunSpec spec;
    private final LoopMachine machine;
    private final List<History.Step> steps = new ArrayList<>();
    private final Map<String, BudgetStatus> budgets = new TreeMap<>();
    private final int turbulence;
    private final boolean moving;

    private LoopState state;
    private Instant now = SimulatedRun.START;
    private @Nullable Instant lapsed;
    private boolean held;
    private boolean reached;
    private String place = "place";
    private Decision.@Nullable Invoke launched;
    private long commands;
    private int edits;

    private RandomRun(long seed, int turbulence) {
        this.dice = new Dice(seed);
        this.spec = RandomSpecs.any(dice);
        this.machine = new LoopMachine(SimulatedRun.ID, spec);
        this.state = LoopState.submitted(spec);
        this.turbulence = turbulence;
        this.moving = spec.checkpoints().every() == 1 && dice.chance(0.5);
        spec.budgets().forEach(name -> budgets.put(name, freshBudget(name)));
    }

    /** Lives a run through to its end. */
    static History of(long seed, int turbulence) {
        RandomRun run = new RandomRun(seed, turbulence);
        while (!run.state.status().isFinal()) {
            if (run.steps.size() > MOST_STEPS) {
                throw new AssertionError("still going after " + MOST_STEPS + " steps: " + run.state);
            }
            run.step();
        }
        return new History(run.spec, run.steps);
    }

    private void step() {
        now = now.plusMillis(dice.between(0, 2000));
        if (turbulent(0.1)) {
            command();
        } else if (!held) {
            takeUp();
        } else if (turbulent(0.04)) {
            nodeDies();
        } else if (state.phase() instanceof Phase.Attempting) {
            endAttempt();
        } else if (turbulent(0.04)) {
            apply(null, new Outcome.HandedBack(now, "node"));
            held = false;
        } else {
            perform(machine.next(state, now));
        }
    }

    private boolean turbulent(double probability) {
        return steps.size() < turbulence && dice.chance(probability);
    }

    private void apply(@Nullable Decision decision, Outcome outcome) {
        Transition transition = machine.apply(state, outcome);
        steps.add(new History.Step(state, now, decision, outcome, transition));
        transition.budgets().forEach(this::book);
        state = transition.state();
    }

    private void command() {
        commands++;
        List<Command> any = List.<Command>of(
                new Command.Guide("Look at item " + commands),
                new Command.Guide("Hurry"),
                new Command.Pause(),
                new Command.Resume(),
                new Command.Resume(),
                new Command.Cancel());
        apply(null, new Outcome.Commanded(now, commands, dice.pick(any)));
    }

    private void takeUp() {
        if (state.status() == RunStatus.PAUSED && steps.size() >= turbulence) {
            commands++;
            apply(null, new Outcome.Commanded(now, commands, new Command.Resume()));
        } else if (state.status() == RunStatus.WAITING && state.waiting() != null && dice.chance(0.9)) {
            Instant until = state.waiting().until();
            now = until.isAfter(now) ? until : now;
        }
        if (turbulent(0.2)) {
            now = now.plus(dice.pick(Duration.ofMinutes(3), Duration.ofDays(2), Duration.ofSeconds(-90)));
        }
        reached = !moving || dice.chance(0.6);
        if (turbulent(0.3) && !machine.staysInPlace(state, now)) {
            place = "place-" + steps.size();
        }
        List<String> auto = spec.agents().isEmpty() && !turbulent(0.05) ? READY : List.of();
        apply(
                null,
                new Outcome.TakenUp(
                        now,
                        "node",
                        null,
                        lapsed,
                        lapsed == null ? 0 : 1,
                        auto,
                        "none is ready",
                        moving ? reached : !turbulent(0.1),
                        moving && reached ? place : null,
                        Metered.partial(report())));
        if (!reached && turbulent(0.2)) {
            apply(null, new Outcome.WorkspaceAway(now, "no route to host", dice.fraction()));
        }
        held = true;
        lapsed = null;
    }

    private void nodeDies() {
        held = false;
        lapsed = state.status() == RunStatus.RUNNING ? now.plusSeconds(dice.between(0, 30)) : null;
        now = now.plusSeconds(dice.between(0, 60));
    }

    private void perform(Decision decision) {
        if (!reached && !(decision instanceof Decision.Wait) && !(decision instanceof Decision.Finish)) {
            reached = !turbulent(0.3);
            apply(
                    null,
                    reached
                            ? new Outcome.WorkspaceReached(now, true, place)
                            : new Outcome.WorkspaceAway(now, "no route to host", dice.fraction()));
            return;
        }
        if (decision instanceof Decision.Invoke invoke) {
            launch(invoke);
        } else if (decision instanceof Decision.Verify verify) {
            apply(verify, new Outcome.Verified(now, verdicts(verify)));
        } else if (decision instanceof Decision.Checkpoint due) {
            boolean fails = turbulent(0.3);
            CheckpointRecord made =
                    new CheckpointRecord(due.number(), due.iteration(), "ref", "commit-" + due.number(), now);
            apply(
                    due,
                    fails
                            ? new Outcome.CheckpointFailed(now, "disk full", dice.fraction())
                            : new Outcome.Checkpointed(now, made, List.of(), 0));
        } else if (decision instanceof Decision.Restore due) {
            apply(due, new Outcome.Restored(now, due.number()));
        } else if (decision instanceof Decision.Wait wait) {
            apply(wait, new Outcome.WaitBegan(now, wait));
            held = false;
        } else if (decision instanceof Decision.Finish finish) {
            apply(finish, new Outcome.Finished(now, finish.ending()));
        }
    }

    private void launch(Decision.Invoke invoke) {
        if (turbulent(0.01)) {
            apply(
                    invoke,
                    new Outcome.Broken(
                            now,
                            dice.pick(StopReason.INVALID_PROMPT, StopReason.WORKSPACE_LOST),
                            "",
                            Metered.NOTHING,
                            null));
            return;
        }
        for (BudgetStatus budget : budgets.values()) {
            BudgetStatus seen = turbulent(0.3) ? crowded(budget) : budget;
            if (!seen.fits(invoke.reservation())) {
                apply(invoke, new Outcome.BudgetRefused(now, seen, dice.fraction()));
                return;
            }
        }
        launched = invoke;
        apply(invoke, new Outcome.AttemptStarted(now, invoke, fingerprint()));
    }

    private void endAttempt() {
        Decision.Invoke invoke = Objects.requireNonNull(launched, "launched");
        Duration given = invoke.allowance().timeout();
        Duration took = dice.seconds(1, 600);
        boolean late = took.compareTo(given) >= 0;
        now = now.plus(late ? given : took);
        edits += dice.chance(0.5) || calm() ? 1 : 0;
        UsageReport report = report();
        Metered metered = dice.chance(0.8) ? Metered.complete(report) : Metered.partial(report);
        Outcome.Interruption cut = Allotment.usedUp(invoke.allowance(), report);
        if (cut != null && dice.chance(0.7)) {
            apply(null, new Outcome.AttemptInterrupted(now, cut, fingerprint(), metered, null));
        } else if (state.inbox().cancel() && dice.chance(0.8)) {
            apply(
                    null,
                    new Outcome.AttemptInterrupted(now, Outcome.Interruption.CANCELLED, fingerprint(), metered, null));
        } else if (turbulent(0.05)) {
            apply(
                    null,
                    new Outcome.AttemptInterrupted(now, Outcome.Interruption.SHUTDOWN, fingerprint(), metered, null));
            apply(null, new Outcome.HandedBack(now, "node"));
            held = false;
        } else if (turbulent(0.01)) {
            apply(null, new Outcome.Broken(now, StopReason.INTERNAL_ERROR, "a bug", metered, null));
        } else if (late || turbulent(0.4)) {
            FailureClass kind = late ? FailureClass.TIMEOUT : dice.pick(FailureClass.values());
            Duration retryAfter = kind.isTransient() && dice.chance(0.5) ? dice.seconds(-5, 900) : null;
            apply(
                    null,
                    new Outcome.AttemptFailed(
                            now, kind, "it broke", retryAfter, fingerprint(), metered, dice.fraction(), null));
        } else {
            String text = calm() ? "step " + steps.size() * 7919 : dice.pick("done", "Nothing to do.", "Item " + edits);
            boolean claims = !calm() && dice.chance(0.15);
            apply(
                    null,
                    new Outcome.AttemptFinished(
                            now, claims, text, false, OutputSketch.of(text), fingerprint(), metered, null));
        }
    }

    private boolean calm() {
        return steps.size() >= turbulence;
    }

    private List<GateRecord> verdicts(Decision.Verify verify) {
        List<GateRecord> results = new ArrayList<>();
        for (GateRef gate : verify.gates()) {
            boolean passed = dice.chance(0.6);
            Duration took = dice.seconds(0, 30);
            now = now.plus(took);
            results.add(new GateRecord(verify.iteration(), gate.name(), passed, passed ? "" : "no", took, null));
            if (!passed) {
                break;
            }
        }
        return results;
    }

    private UsageReport report() {
        long tokens = dice.between(0, 600);
        Usage usage = new Usage(tokens / 2, tokens / 4, tokens / 8, tokens / 8);
        BigDecimal dollars = BigDecimal.valueOf(dice.between(0, 150), 2);
        return dice.pick(
                UsageReport.UNKNOWN,
                UsageReport.NOTHING,
                new UsageReport(usage, Cost.UNKNOWN),
                new UsageReport(null, Cost.estimated(dollars)),
                new UsageReport(usage, new Cost(dollars, dice.pick(CostKind.BILLED, CostKind.ESTIMATED))));
    }

    private BudgetStatus freshBudget(String name) {
        BudgetLimit limit = new BudgetLimit(
                name,
                dice.chance(0.7) ? (long) dice.between(0, 12_000) : null,
                dice.chance(0.7) ? BigDecimal.valueOf(dice.between(0, 4000), 2) : null);
        return new BudgetStatus(limit, 0, BigDecimal.ZERO, Reservation.NONE);
    }

    /** Other runs have set some of the room aside. */
    private BudgetStatus crowded(BudgetStatus budget) {
        Reservation others = new Reservation(dice.between(0, 8000), BigDecimal.valueOf(dice.between(0, 2000), 2));
        return new BudgetStatus(budget.limit(), budget.consumedTokens(), budget.consumedCost(), others);
    }

    private void book(BudgetChange change) {
        BudgetStatus before = Objects.requireNonNull(budgets.get(change.budget()));
        if (change instanceof BudgetChange.Settle settle) {
            budgets.put(
                    change.budget(),
                    new BudgetStatus(
                            before.limit(),
                            before.consumedTokens() + settle.tokens(),
                            before.consumedCost().add(settle.cost()),
                            before.reserved()));
        }
    }

    private String fingerprint() {
        return "tree-" + edits;
    }
}
