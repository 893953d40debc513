/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.real.client.GeminiClient;
import dev.ralph.real.client.Installation;
import dev.ralph.real.server.Script;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Gemini CLI, which says what it used at the end of an attempt only. */
class GeminiTest extends RealClientRules {

    private static final int TURNS = 3;

    GeminiTest(Installation installation) {
        super(new GeminiClient(installation));
    }

    @Test
    void anAttemptWithoutEndIsBoundedByItsTurns() throws Exception {
        Path file = bench().workspace().path().resolve("more.txt");
        bench().server().play(Script.forEver(bench().client().writes(file, "more\n")));

        Run run = bench().submit(bench().spec(
                        "Write without end.", Limits.builder().maxIterations(1).build())
                .agent(bench().client().agentWithTurns(TURNS)));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.AGENT_ERROR);
        assertThat(bench().server().turns()).hasSize(TURNS);
        assertThat(result.usage().total()).isEqualTo(TURNS * 110L);
    }
}
