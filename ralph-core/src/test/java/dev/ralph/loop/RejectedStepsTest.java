/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Cost;
import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpecBuilder;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.Usage;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Gate;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store refuses a kind of record for good: the run ends by it, and nothing is done or charged twice. */
class RejectedStepsTest {

    private static final UsageReport USED =
            new UsageReport(new Usage(70, 7, 0, 0), Cost.billed(new BigDecimal("0.70")));

    @RegisterExtension
    final Playground play = new Playground();

    private final FaultyStore way = new FaultyStore(new InMemoryStore(InstantSource.system()));
    private final InProcessAgent agent = new InProcessAgent(
            "scripted", (invocation, listener) -> new AgentOutcome.Finished("LOOP_COMPLETE", false, USED));

    @SuppressWarnings("NullAway.Init")
    private Orchestrator ralph;

    @BeforeEach
    void start() {
        ralph = play.start(Orchestrator.builder().agent(agent).store(play.closing(way)));
    }

    @Test
    void aVerdictThatCannotBeStoredEndsTheRunAfterWhatWasRecorded() throws Exception {
        rejectForGood(
                RecordChange.AddGate.class,
                () -> new InvalidValueException("gate.gate", "5 characters", "cannot be stored"));

        Run run = ralph.submit(
                task(play.directory("w")).gate(Gate.command("true")).build());

        assertBrokenOff(run, "gate.gate '5 characters' cannot be stored");
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1);
        assertThat(run.gates()).isEmpty();
        assertThat(run.attempts(1)).extracting(AttemptRecord::status).containsExactly(AttemptStatus.SUCCEEDED);
    }

    @Test
    void aResultThatCannotBeStoredIsChargedOnceForWhatItUsed() throws Exception {
        rejectForGood(RecordChange.AddIteration.class, () -> new StoreException("the iteration is too long"));

        Run run = ralph.submit(limited().build());

        assertBrokenOff(run, "the iteration is too long");
        assertThat(run.iterations(0, 10)).isEmpty();
        AttemptRecord attempt = run.attempts(1).get(0);
        assertThat(attempt.status()).isEqualTo(AttemptStatus.INTERRUPTED);
        assertThat(attempt.usage()).isEqualTo(USED.usage());
        assertThat(attempt.cost()).isEqualTo(USED.cost());
        assertThat(result(run).spend().total()).isEqualByComparingTo("0.70");
    }

    @Test
    void aCheckpointThatCannotBeStoredIsNotMadeAgainAtTheEnd() throws Exception {
        rejectForGood(RecordChange.AddCheckpoint.class, () -> new StoreException("no room for a ref"));

        Run run = ralph.submit(task(play.repository("w"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .build());

        RunResult result = result(run);
        assertThat(result.reason()).isEqualTo(StopReason.INTERNAL_ERROR);
        assertThat(result.detail()).contains("no room for a ref");
        assertThat(run.checkpoints()).isEmpty();
        assertThat(agent.invocations()).isEmpty();
    }

    @Test
    void anEventThatCannotBeWrittenDownEndsTheRunToo() throws Exception {
        way.beforeStep(step -> {
            if (step.events().stream().anyMatch(event -> event.type().contains("settled"))
                    && step.records().stream().anyMatch(RecordChange.AddIteration.class::isInstance)) {
                throw new IllegalStateException("no codec for it");
            }
        });

        assertBrokenOff(ralph.submit(limited().build()), "no codec for it");
    }

    /** Another step in its place would be taken for its repetition. */
    @Test
    void aStepThatIsCommittedThoughItsRepetitionFailsIsNotRejected() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        way.loseAnswers();
        way.beforeStep(step -> {
            if (step.records().stream().anyMatch(RecordChange.AddIteration.class::isInstance)
                    && tries.incrementAndGet() == 2) {
                throw new StoreException("the password was changed");
            }
        });

        Run run = ralph.submit(limited().build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(tries).hasValueGreaterThanOrEqualTo(2);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1);
        assertThat(agent.invocations()).hasSize(1);
    }

    private RunSpecBuilder limited() {
        return task(play.directory("w"))
                .limits(Limits.builder().maxIterations(5).maxCost("5").build());
    }

    private void rejectForGood(Class<? extends RecordChange> kind, Supplier<RuntimeException> why) {
        way.beforeStep(step -> {
            if (step.records().stream().anyMatch(kind::isInstance)) {
                throw why.get();
            }
        });
    }

    private void assertBrokenOff(Run run, String detail) throws InterruptedException {
        RunResult result = result(run);
        assertThat(result.reason()).isEqualTo(StopReason.INTERNAL_ERROR);
        assertThat(result.detail()).contains(detail);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(agent.invocations()).hasSize(1);
        List<StateEvent> events = run.events(0, 100);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).seq()).as("%s", events.get(i)).isEqualTo(i + 1);
        }
    }
}
