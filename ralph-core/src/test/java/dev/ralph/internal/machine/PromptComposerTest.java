/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.Command;
import org.junit.jupiter.api.Test;

class PromptComposerTest {

    private final SimulatedRun run = SimulatedRun.begun(spec("a")
            .gate(gate("lint"))
            .gate(gate("test"))
            .limits(limits().maxIterations(7).build())
            .completionPromise("ALL_GREEN")
            .build());

    @Test
    void theTaskComesFirstAndWhole() {
        String task =
                "# Fix it\n\n- [ ] parser\n\n```java\nint x = 1; // 100 %s $1 \\n\n```\nÜber-Größe: 你好 \uD83D\uDE80";

        assertThat(run.prompt(task)).startsWith(task + "\n\n---\n");
    }

    @Test
    void aTaskThatHasThePromiseOrARuleOfItsOwnIsKept() {
        String task = "Say ALL_GREEN when done.\n---\nALL_GREEN\n---\n- [x] TASK_COMPLETE";

        assertThat(run.prompt(task)).startsWith(task + "\n\n---\n");
    }

    @Test
    void theIndentationOfItsFirstLineIsKept() {
        assertThat(run.prompt("    code first")).startsWith("    code first\n");
    }

    @Test
    void trailingBlankLinesOfTheTaskAreDropped() {
        assertThat(run.prompt("Fix it.\n\n \n")).startsWith("Fix it.\n\n---\n");
    }

    @Test
    void itSaysWhichIterationThisIsAndHowManyThereAre() {
        assertThat(run.prompt("task")).contains("iteration 1 of at most 7");

        run.iterate(Reply.says("work"));

        assertThat(run.prompt("task")).contains("iteration 2 of at most 7");
    }

    @Test
    void thePromiseStandsAloneOnALine() {
        assertThat(run.prompt("task").lines()).containsOnlyOnce("ALL_GREEN");
    }

    @Test
    void itNamesTheGates() {
        assertThat(run.prompt("task")).contains("lint, test");
        assertThat(SimulatedRun.begun(spec("a").build()).prompt("task")).doesNotContain("checks it");
    }

    @Test
    void feedbackAndGuidanceComeLast() {
        run.iterate(Reply.claims("done")).firstGateRejects("line 7: tabs");
        run.tell(new Command.Guide("Use spaces.\nEverywhere."));

        assertThat(run.prompt("task"))
                .containsSubsequence(
                        "ALL_GREEN",
                        "claim was rejected",
                        "Gate 'lint' rejected it:\nline 7: tabs",
                        "say:",
                        "- Use spaces.\nEverywhere.");
    }

    @Test
    void withoutFeedbackOrGuidanceItSaysNothingOfThem() {
        assertThat(run.prompt("task")).doesNotContain("rejected", "people");
    }

    @Test
    void theSameStateMakesTheSamePrompt() {
        assertThat(run.prompt("task")).isEqualTo(run.prompt("task"));
    }
}
