/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.Tokens;
import dev.ralph.real.server.Turn;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That a run ends where its limits are, and the overshoot is one attempt at most. */
interface LimitRules extends BenchRules {

    @Test
    default void aRunEndsWhenItHasCostWhatItMay() throws Exception {
        bench().server().play(Script.forEver(expensive()));
        BigDecimal oneAttempt = costOfOneAttempt();
        // Two and a half attempts fit: the third goes over the limit, and there is no fourth.
        BigDecimal limit = oneAttempt.multiply(new BigDecimal("2.5"));
        int before = bench().server().turns().size();

        RunResult result =
                bench().run(bench().spec("Think hard.", limits().maxCost(limit).build()));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_COST);
        assertThat(result.spend().total()).isBetween(limit, limit.add(oneAttempt));
        assertThat(bench().server().turns()).hasSize(before + 3);
    }

    @Test
    default void aRunEndsWhenItHasUsedTheTokensItMay() throws Exception {
        bench().server().play(Script.forEver(expensive()));

        RunResult result = bench().run(
                        bench().spec("Think hard.", limits().maxTokens(150_000L).build()));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_TOKENS);
        // One that says what it used while it works is stopped before it says the last of it.
        assertThat(result.usage().total() + result.unknownTokens()).isBetween(200_000L, 202_000L);
        assertThat(bench().server().turns()).hasSize(2);
    }

    @Test
    default void anAttemptWithoutEndIsBoundedByItsTurns() throws Exception {
        Path file = bench().workspace().path().resolve("more.txt");
        bench().server().play(Script.forEver(bench().client().writes(file, "more\n")));
        int turns = 3;

        Run run = bench().submit(bench().spec(
                        "Write without end.", limits().maxIterations(1).build())
                .agent(bench().client().agentWithTurns(turns)));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.AGENT_ERROR);
        assertThat(bench().server().turns()).hasSize(turns);
        assertThat(result.usage().total()).isEqualTo(turns * 110L);
        assertThat(file).exists();
    }

    /** What one attempt costs, by having one. */
    private BigDecimal costOfOneAttempt() throws InterruptedException {
        RunResult result = bench().run(
                        bench().spec("Think once.", limits().maxIterations(1).build()));
        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(bench().heard().all(StateEvent.AttemptSettled.class)).hasSize(1);
        assertThat(result.spend().estimated()).isPositive();
        return result.spend().total();
    }

    private static Turn.Answer expensive() {
        return Turn.says("I have thought about it.").using(Tokens.of(100_000, 1_000));
    }

    private static LimitsBuilder limits() {
        return Limits.builder().maxIterations(10).maxRuntime(Bench.PATIENCE);
    }
}
