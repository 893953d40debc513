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
import dev.ralph.RunSpecBuilder;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** That a client that does not end is ended, with everything it started. */
interface StopRules extends BenchRules {

    /** A client is silent while it starts, which takes a second or two; more on a machine with other work. */
    Duration SILENCE = Duration.ofSeconds(10);

    @Test
    default void aHangIsEndedByTheIdleTimeOutAndTheRunGoesOn() throws Exception {
        bench().server().play(Script.of(new Turn.Silence(null)).then(bench().step(0, 1, "Done.\nLOOP_COMPLETE")));

        Run run = bench().submit(spec(limits().idleTimeout(SILENCE).build()));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.IDLE);
    }

    @Test
    default void anAnswerThatStopsInTheMiddleIsEndedByTheTimeOut() throws Exception {
        bench().server()
                .play(Script.of(new Turn.Silence(Turn.says("This will never be said in full.")))
                        .then(bench().step(0, 1, "Done.\nLOOP_COMPLETE")));

        Run run = bench().submit(spec(limits().attemptTimeout(SILENCE).build()));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.TIMEOUT);
    }

    @Test
    default void cancellingEndsTheClientAndTheCommandItRuns() throws Exception {
        Path there = bench().workspace().path().resolve("there");
        bench().server().play(Script.of(bench().client().runs(lastingCommand(there))));
        Run run = bench().submit(bench().spec("Run it.").agent(bench().client().agentWithShell()));
        awaitCommand(there);

        run.cancel();
        RunResult result = bench().end(run);

        assertThat(result.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(bench().heard().all(StateEvent.RunEnded.class)).hasSize(1);
        bench().assertNothingLeft();
    }

    @Test
    default void aCommandThatDoesNotEndIsEndedByTheTimeOut() throws Exception {
        Path there = bench().workspace().path().resolve("there");
        bench().server().play(Script.of(bench().client().runs(lastingCommand(there))));

        Run run = bench().submit(bench().spec(
                        "Run it.",
                        limits().attemptTimeout(SILENCE).maxIterations(1).build())
                .agent(bench().client().agentWithShell()));
        awaitCommand(there);
        RunResult result = bench().end(run);

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.TIMEOUT);
        bench().assertNothingLeft();
    }

    private RunSpecBuilder spec(Limits limits) {
        return bench().spec("Make it step 1.", limits).agent(bench().client().agent());
    }

    private static LimitsBuilder limits() {
        return Limits.builder().maxIterations(5).maxRuntime(Bench.PATIENCE);
    }

    /** Says in a file that it is there, and lasts. */
    private static String lastingCommand(Path there) {
        return "touch " + there + " && tail -f " + there;
    }

    private void awaitCommand(Path there) {
        Awaitility.await("the command runs")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(there));
        assertThat(Processes.of(bench().folder()))
                .as("processes of a client at work, or this test would show nothing")
                .anyMatch(process -> process.contains("tail -f"));
    }
}
