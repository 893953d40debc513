/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That an API key which the agent itself repeats goes nowhere. */
interface SecrecyRules extends BenchRules {

    @Test
    default void aKeyTheAgentRepeatsIsSeenNowhere() throws Exception {
        String key = Bench.KEY.reveal();
        bench().server()
                .play(Script.of(
                        bench().client().runs("printenv " + bench().client().secret()),
                        Turn.says("The key is " + key + ".\nLOOP_COMPLETE").after(Duration.ofSeconds(1))));
        List<String> arguments;
        RunResult result;
        Run run;
        String logged;
        try (LogCapture log = LogCapture.start()) {
            run = bench().submit(bench().spec("Print your key.")
                    .agent(bench().client().agentWithShell())
                    .gate(Gate.command("sh", "-c", "echo checked; exit 0")));
            bench().server().awaitTurns(2);
            arguments = Processes.arguments();
            result = bench().end(run);
            logged = log.text();
        }

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(bench().server().turns().get(1).text())
                .as("the agent has seen the key, or this test would show nothing")
                .contains(key);
        assertThat(arguments)
                .as("ps")
                .anyMatch(line -> line.contains(bench().client().id()));
        assertThat(arguments).as("ps").noneMatch(line -> line.contains(key));
        assertThat(bench().heard().all(ActivityEvent.TextWritten.class)).isNotEmpty();
        assertThat(bench().heard().all(ActivityEvent.ToolReturned.class)).isNotEmpty();
        assertThat(bench().heard().text()).as("events").doesNotContain(key);
        assertThat(run.events(0, 1000)).as("stored events").hasSizeGreaterThan(5);
        assertThat(run.events(0, 1000).toString()).doesNotContain(key);
        assertThat(run.iterations(0, 10).toString()
                        + run.attempts(1)
                        + run.gates()
                        + run.checkpoints()
                        + run.snapshot()
                        + run.spec()
                        + result)
                .as("records")
                .contains("LOOP_COMPLETE")
                .doesNotContain(key);
        assertThat(logged).as("log").isNotBlank().doesNotContain(key);
        assertThat(bench().heard().all(StateEvent.RunEnded.class)).hasSize(1);
    }
}
