/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.IterationRecord;
import dev.ralph.RunSpec;
import dev.ralph.internal.codec.RunCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A run that another node goes on with, from any prefix of what happened, ends as the one nobody disturbed: for the same
 * reason, with the same iterations recorded, the same tokens and money reported, the same runtime and the same knowledge
 * of its agents. What may differ: its events, the number of attempts and what is charged for the one that was cut off, and
 * its checkpoints.
 */
class ResumePropertiesTest {

    private static final RunCodec CODEC = new RunCodec();
    private static final RunSpec SPEC =
            RunSpec.prompt("x").workspace(Path.of("/w")).build();

    private static LoopState storedAndRead(LoopState state) {
        return CODEC.state(CODEC.encode(state, SPEC));
    }

    /** What an interruption must not change. */
    private record Result(
            @Nullable Ending ending,
            List<String> iterations,
            Totals totals,
            Duration runtime,
            NoProgress progress,
            List<AgentState> agents,
            int failures) {

        static Result of(SimulatedRun run) {
            LoopState end = run.state();
            Totals totals = end.totals();
            return new Result(
                    end.ending(),
                    run.iterations().stream().map(Result::essence).toList(),
                    new Totals(0, 0, totals.usage(), totals.unknownTokens(), totals.spend(), totals.largest()),
                    end.clock().elapsed(),
                    end.progress(),
                    end.agents(),
                    end.streaks().failures());
        }

        private static String essence(IterationRecord record) {
            return "%d by %s: %s, claimed %s, changed %s, until %s: %s"
                    .formatted(
                            record.iteration(),
                            record.agent(),
                            record.status(),
                            record.claimed(),
                            record.workspaceChanged(),
                            record.endedAt(),
                            record.outputPreview());
        }
    }

    private static void forEveryMoment(
            Script script, ScriptedRun.Disturbance disturbance, UnaryOperator<LoopState> storage) {
        Result expected = Result.of(ScriptedRun.undisturbed(script));
        for (int moment = 0; moment < ScriptedRun.moments(script); moment++) {
            assertThat(Result.of(ScriptedRun.disturbed(script, disturbance, moment, storage)))
                    .as("%s at moment %d of %s", disturbance, moment, script)
                    .isEqualTo(expected);
        }
    }

    private static void forEveryScript(Consumer<Script> property) {
        RandomCases.check(150, 40, Script::of, property);
    }

    @Test
    void killedAtAnyMomentItEndsAsUndisturbed() {
        forEveryScript(script -> forEveryMoment(script, ScriptedRun.Disturbance.KILL, UnaryOperator.identity()));
    }

    @Test
    void handedOverAtAnyMomentItEndsAsUndisturbed() {
        forEveryScript(script -> forEveryMoment(script, ScriptedRun.Disturbance.CLOSE, UnaryOperator.identity()));
    }

    @Test
    void storedAndReadAtEveryMomentItEndsAsUndisturbed() {
        forEveryScript(script -> assertThat(Result.of(ScriptedRun.disturbed(
                        script, ScriptedRun.Disturbance.KILL, 3, ResumePropertiesTest::storedAndRead)))
                .isEqualTo(Result.of(
                        ScriptedRun.disturbed(script, ScriptedRun.Disturbance.KILL, 3, UnaryOperator.identity()))));
    }

    @Test
    void everyStateOfEveryRunComesBackFromTheStoreAsItWas() {
        RandomCases.check(100, 120, RandomRun::of, history -> {
            for (History.Step step : history.steps()) {
                assertThat(storedAndRead(step.after())).isEqualTo(step.after());
            }
        });
    }

    @Test
    void aRunReplayedOverStoredStatesMakesTheSameTransitions() {
        RandomCases.check(100, 120, RandomRun::of, history -> {
            LoopMachine machine = new LoopMachine(SimulatedRun.ID, CODEC.spec(CODEC.encode(history.spec())));
            for (History.Step step : history.steps()) {
                assertThat(machine.apply(storedAndRead(step.before()), step.outcome()))
                        .isEqualTo(step.transition());
            }
        });
    }
}
