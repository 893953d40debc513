/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.FailureClass;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.real.client.ClaudeClient;
import dev.ralph.real.client.GeminiClient;
import dev.ralph.real.client.InstallClients;
import dev.ralph.real.client.Installation;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.Gate;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two clients in one run. */
@Tag("linux")
@ExtendWith(InstallClients.class)
class FallbackTest {

    @Test
    void theSecondClientGoesOnWhereTheFirstIsRefused(Installation installation, @TempDir Path folder) throws Exception {
        Path real = folder.toRealPath();
        try (Bench claude = Bench.open(new ClaudeClient(installation), real);
                Bench gemini = Bench.beside(claude, new GeminiClient(installation))) {
            claude.server()
                    .play(Script.of(claude.step(0, 1, "One of two."))
                            .thenForEver(Turn.refuses(401, "this key is no longer valid")));
            gemini.server().play(Script.of(gemini.step(1, 2, "Two of two.\nLOOP_COMPLETE")));

            Run run = claude.submit(claude.spec("Count to two.")
                    .agent(claude.client().agent())
                    .agent(gemini.client().agent())
                    .gate(Gate.command("grep", "-qx", "step 2", Workspace.FILE)));
            RunResult result = claude.end(run);

            assertThat(result.reason()).as(claude.heard().text()).isEqualTo(StopReason.COMPLETED);
            assertThat(result.iterations()).isEqualTo(2);
            assertThat(run.attempts(1)).extracting(AttemptRecord::agent).containsExactly("claude");
            assertThat(run.attempts(2)).extracting(AttemptRecord::agent).containsExactly("claude", "gemini");
            assertThat(run.attempts(2))
                    .extracting(AttemptRecord::failure)
                    .containsExactly(FailureClass.AUTHENTICATION, null);
            assertThat(claude.workspace().content()).isEqualTo("step 2\n");
        }
    }
}
