/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Reservation;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.RecordChange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every run, whatever happens to it. See {@link RandomCases} for how to repeat a failure. */
class MachinePropertiesTest {

    private static final int CASES = 1000;
    private static final int TURBULENCE = 120;

    private static void forEveryRun(Consumer<History> property) {
        RandomCases.check(CASES, TURBULENCE, RandomRun::of, history -> {
            try {
                property.accept(history);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + history.story(), e);
            }
        });
    }

    @Test
    void nothingIsLaunchedOnceALimitIsReached() {
        forEveryRun(history -> {
            Limits limits = history.spec().limits();
            for (History.Step step : history.steps()) {
                if (step.decision() instanceof Decision.Invoke invoke) {
                    LoopState state = step.before();
                    Duration left = limits.maxRuntime().minus(state.clock().at(step.now()));
                    assertThat(invoke.iteration()).isLessThanOrEqualTo(limits.maxIterations());
                    assertThat(left).isPositive();
                    assertThat(invoke.allowance().timeout()).isPositive().isLessThanOrEqualTo(left);
                    if (limits.maxTokens() != null) {
                        assertThat(invoke.allowance().tokens())
                                .isPositive()
                                .isEqualTo(limits.maxTokens() - state.totals().tokens());
                    }
                    if (limits.maxCost() != null) {
                        assertThat(invoke.allowance().cost())
                                .isPositive()
                                .isEqualByComparingTo(limits.maxCost()
                                        .subtract(state.totals().spend().total()));
                    }
                }
            }
        });
    }

    @Test
    void noLimitIsExceededByMoreThanWhatTheLastAttemptUsed() {
        forEveryRun(history -> {
            Limits limits = history.spec().limits();
            assertThat(history.end().recorded()).isLessThanOrEqualTo(limits.maxIterations());
            for (History.Step step : history.steps()) {
                Totals before = step.before().totals();
                if (!before.equals(step.after().totals()) && !launches(step)) {
                    if (limits.maxTokens() != null) {
                        assertThat(before.tokens()).isLessThan(limits.maxTokens());
                    }
                    if (limits.maxCost() != null) {
                        assertThat(before.spend().total()).isLessThan(limits.maxCost());
                    }
                }
            }
        });
    }

    @Test
    void whatIsNotReportedNeverExceedsALimit() {
        forEveryRun(history -> {
            for (History.Step step : history.steps()) {
                if (step.decision() instanceof Decision.Invoke invoke) {
                    Reservation reserved = invoke.reservation();
                    Long tokens = invoke.allowance().tokens();
                    BigDecimal cost = invoke.allowance().cost();
                    assertThat(tokens == null || reserved.tokens() <= tokens).isTrue();
                    assertThat(cost == null || reserved.cost().compareTo(cost) <= 0)
                            .isTrue();
                }
            }
        });
    }

    @Test
    void nothingRunsLongerThanTheRunMayExceptGatesOfAClaimInTime() {
        forEveryRun(history -> {
            Duration gates = history.records(RecordChange.AddGate.class)
                    .map(add -> add.gate().took())
                    .reduce(Duration.ZERO, Duration::plus);
            Duration leases = SimulatedRun.LEASE.multipliedBy(history.events()
                    .filter(event -> event instanceof StateEvent.RunTakenUp taken && taken.takeover())
                    .count());
            Duration slack = Duration.ofSeconds(2).multipliedBy(history.steps().size());

            assertThat(history.end().clock().elapsed())
                    .isLessThanOrEqualTo(history.spec()
                            .limits()
                            .maxRuntime()
                            .plus(gates)
                            .plus(leases)
                            .plus(slack));
        });
    }

    @Test
    void aTerminalStateIsFinal() {
        forEveryRun(history -> {
            LoopMachine machine = new LoopMachine(SimulatedRun.ID, history.spec());
            LoopState end = history.end();
            for (History.Step step : history.steps()) {
                Transition late = machine.apply(end, step.outcome());
                assertThat(late).isEqualTo(new Transition(end, List.of(), List.of(), List.of()));
                assertThat(machine.next(end, step.now())).isEqualTo(new Decision.Finish(history.ending()));
                assertThat(machine.idle(end, step.now())).isFalse();
            }
            assertThat(end.phase()).isInstanceOf(Phase.Ended.class);
            assertThat(end.clock().since()).isNull();
        });
    }

    @Test
    void theSameInputsMakeTheSameDecisionsAndStates() {
        forEveryRun(history -> {
            LoopMachine machine = new LoopMachine(SimulatedRun.ID, history.spec());
            LoopState state = LoopState.submitted(history.spec());
            for (History.Step step : history.steps()) {
                assertThat(state).isEqualTo(step.before());
                if (step.decision() != null) {
                    assertThat(machine.next(state, step.now())).isEqualTo(step.decision());
                }
                Transition again = machine.apply(state, step.outcome());
                assertThat(again).isEqualTo(step.transition());
                state = again.state();
            }
        });
    }

    @Test
    void countersSpendAndRuntimeNeverFall() {
        forEveryRun(history -> {
            List<ToLongFunction<LoopState>> counters = List.of(
                    LoopState::recorded,
                    LoopState::lastEvent,
                    state -> state.totals().attempts(),
                    state -> state.totals().usage().input(),
                    state -> state.totals().usage().output(),
                    state -> state.totals().usage().cacheRead(),
                    state -> state.totals().usage().cacheWrite(),
                    state -> state.totals().unknownTokens(),
                    state -> state.totals().spend().billed().movePointRight(6).longValueExact(),
                    state ->
                            state.totals().spend().estimated().movePointRight(6).longValueExact(),
                    state -> state.totals().spend().unknown().movePointRight(6).longValueExact(),
                    state -> state.totals().largest().tokens(),
                    state -> state.clock().elapsed().toMillis(),
                    state -> state.inbox().through());
            for (History.Step step : history.steps()) {
                for (ToLongFunction<LoopState> counter : counters) {
                    assertThat(counter.applyAsLong(step.after()))
                            .as("counter %d after %s", counters.indexOf(counter), step.outcome())
                            .isGreaterThanOrEqualTo(counter.applyAsLong(step.before()));
                }
            }
        });
    }

    @Test
    void iterationsAreRecordedWithoutGapsEachExactlyOnce() {
        forEveryRun(history -> {
            List<Integer> numbers = history.records(RecordChange.AddIteration.class)
                    .map(RecordChange.AddIteration::iteration)
                    .map(IterationRecord::iteration)
                    .toList();

            assertThat(numbers)
                    .isEqualTo(IntStream.rangeClosed(1, history.end().recorded())
                            .boxed()
                            .toList());
        });
    }

    @Test
    void everyAttemptIsStartedOnceAndSettledOnceUnderItsOwnNumber() {
        forEveryRun(history -> {
            List<String> started = history.records(RecordChange.StartAttempt.class)
                    .map(start -> key(start.attempt()))
                    .toList();
            List<String> settled = history.records(RecordChange.SettleAttempt.class)
                    .map(settle -> key(settle.attempt()))
                    .toList();

            assertThat(started).doesNotHaveDuplicates();
            assertThat(settled).isEqualTo(started);
            assertThat(started).hasSize(history.end().totals().attempts());
        });
    }

    @Test
    void atMostOneAttemptIsInFlightAndItIsOfTheNextIteration() {
        forEveryRun(history -> {
            for (History.Step step : history.steps()) {
                OpenIteration open = step.after().open();
                if (step.after().phase() instanceof Phase.Attempting) {
                    assertThat(step.before().phase()).isNotInstanceOf(Phase.Verifying.class);
                    assertThat(open).isNotNull();
                }
                if (open != null) {
                    assertThat(open.number()).isEqualTo(step.after().recorded() + 1);
                }
            }
        });
    }

    @Test
    void eventsAreNumberedWithoutGaps() {
        forEveryRun(history -> {
            List<Long> numbers = history.events().map(StateEvent::seq).toList();

            assertThat(numbers)
                    .startsWith(2L)
                    .isEqualTo(IntStream.rangeClosed(2, (int) history.end().lastEvent())
                            .mapToObj(Long::valueOf)
                            .toList());
        });
    }

    @Test
    void whatIsReservedOfASharedBudgetIsFreedAndWhatIsChargedIsConsumed() {
        forEveryRun(history -> {
            Map<String, Reservation> outstanding = new HashMap<>();
            Map<String, Long> tokens = new HashMap<>();
            Map<String, BigDecimal> cost = new HashMap<>();
            history.budgetChanges().forEach(change -> {
                if (change instanceof BudgetChange.Reserve reserve) {
                    assertThat(outstanding.put(reserve.budget(), reserve.amount()))
                            .isNull();
                } else if (change instanceof BudgetChange.Settle settle) {
                    assertThat(outstanding.remove(settle.budget())).isEqualTo(settle.freed());
                    tokens.merge(settle.budget(), settle.tokens(), Long::sum);
                    cost.merge(settle.budget(), settle.cost(), BigDecimal::add);
                }
            });
            assertThat(outstanding).isEmpty();
            for (String name : history.spec().budgets()) {
                assertThat(tokens.getOrDefault(name, 0L))
                        .isEqualTo(history.end().totals().tokens());
                assertThat(cost.getOrDefault(name, BigDecimal.ZERO))
                        .isEqualByComparingTo(history.end().totals().spend().total());
            }
        });
    }

    @Test
    void aRunCompletesOnlyWithAClaimAndWithEveryGateIfItHasAny() {
        forEveryRun(history -> {
            if (history.ending().reason() == StopReason.COMPLETED) {
                List<IterationRecord> iterations = history.records(RecordChange.AddIteration.class)
                        .map(RecordChange.AddIteration::iteration)
                        .toList();
                long passed = history.records(RecordChange.AddGate.class)
                        .filter(add -> add.gate().iteration() == iterations.size()
                                && add.gate().passed())
                        .count();
                assertThat(iterations).last().matches(IterationRecord::claimed);
                assertThat(passed).isEqualTo(history.spec().gates().size());
            }
        });
    }

    @Test
    void whereWorkspacesMoveNothingIsLaunchedOrVerifiedThatAnotherNodeCouldNotGoOnFrom() {
        forEveryRun(history -> {
            for (History.Step step : history.steps()) {
                LoopState before = step.before();
                boolean works =
                        step.decision() instanceof Decision.Invoke || step.decision() instanceof Decision.Verify;
                if (works && before.whereabouts().moves()) {
                    assertThat(before.unpublished()).isFalse();
                    assertThat(before.checkpoints().last()).isNotNull();
                    assertThat(before.checkpoints().restore()).isFalse();
                }
            }
        });
    }

    @Test
    void whatIsRecordedWhereWorkspacesMoveCommitsWithItsCheckpointOrChangedNothing() {
        forEveryRun(history -> {
            LoopMachine machine = new LoopMachine(SimulatedRun.ID, history.spec());
            for (History.Step step : history.steps()) {
                boolean recorded =
                        step.transition().records().stream().anyMatch(RecordChange.AddIteration.class::isInstance);
                LoopState after = step.after();
                if (recorded
                        && after.whereabouts().moves()
                        && after.checkpoints().dirty()) {
                    assertThat(machine.checkpointToCommitWith(after, step.now()))
                            .isPresent();
                }
            }
        });
    }

    @Test
    void aRunThatMovedGoesOnFromItsLastCheckpointAndFromNothingElse() {
        forEveryRun(history -> {
            boolean toRestore = false;
            for (History.Step step : history.steps()) {
                if (toRestore && step.decision() != null) {
                    assertThat(step.decision())
                            .isInstanceOfAny(Decision.Restore.class, Decision.Wait.class, Decision.Finish.class);
                }
                boolean moved =
                        step.transition().events().stream().anyMatch(StateEvent.WorkspaceMoved.class::isInstance);
                toRestore = (toRestore || moved) && !(step.outcome() instanceof Outcome.Restored);
            }
        });
    }

    @Test
    void aRecordedIterationIsLostAtMostOnceAndOnlyIfItWasTheLast() {
        forEveryRun(history -> {
            Set<Integer> lost = new HashSet<>();
            for (History.Step step : history.steps()) {
                for (StateEvent event : step.transition().events()) {
                    if (event instanceof StateEvent.WorkspaceMoved moved && moved.lostIteration() > 0) {
                        OpenIteration halfDone = step.before().open();
                        assertThat(moved.lostIteration())
                                .isEqualTo(halfDone == null ? step.before().recorded() : halfDone.number());
                        assertThat(halfDone != null || lost.add(moved.lostIteration()))
                                .isTrue();
                        assertThat(step.after().phase()).isNotInstanceOf(Phase.Verifying.class);
                    }
                }
            }
        });
    }

    @Test
    void theRandomRunsMoveAndLoseEdits() {
        List<StateEvent.WorkspaceMoved> moves = new ArrayList<>();
        forEveryRun(history -> history.events()
                .filter(StateEvent.WorkspaceMoved.class::isInstance)
                .forEach(event -> moves.add((StateEvent.WorkspaceMoved) event)));

        assertThat(moves).hasSizeGreaterThan(100);
        assertThat(moves).filteredOn(moved -> moved.lostIteration() > 0).isNotEmpty();
    }

    @Test
    void everyCommandIsConsumedOnceInOrder() {
        forEveryRun(history -> {
            long through = 0;
            for (History.Step step : history.steps()) {
                if (step.outcome() instanceof Outcome.Commanded commanded
                        && !(step.before().phase() instanceof Phase.Ended)) {
                    assertThat(commanded.number()).isEqualTo(through + 1);
                    through = commanded.number();
                }
                assertThat(step.after().inbox().through()).isEqualTo(through);
            }
        });
    }

    /** A property over runs that all end alike would prove little. */
    @Test
    void theRandomRunsReachEveryReasonTheyCan() {
        Map<StopReason, Integer> reached = new EnumMap<>(StopReason.class);
        Set<Class<?>> outcomes = new HashSet<>();
        List<Integer> lengths = new ArrayList<>();
        for (long seed = 1; seed <= CASES; seed++) {
            History history = RandomRun.of(seed, TURBULENCE);
            lengths.add(history.steps().size());
            history.steps().forEach(step -> outcomes.add(step.outcome().getClass()));
            reached.merge(history.ending().reason(), 1, Integer::sum);
        }

        assertThat(reached.keySet()).containsExactlyInAnyOrder(StopReason.values());
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
        assertThat(lengths.stream().mapToInt(i -> i).average().orElse(0)).isGreaterThan(15);
    }

    private static boolean launches(History.Step step) {
        return step.outcome() instanceof Outcome.AttemptStarted;
    }

    private static String key(AttemptRecord attempt) {
        return attempt.iteration() + "/" + attempt.attempt();
    }
}
