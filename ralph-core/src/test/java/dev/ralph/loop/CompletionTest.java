/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidPromptException;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.ProgressPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

    private static final String COUNT = "echo x >>\"$PLAY/count\"\n";

    @RegisterExtension
    final Playground play = new Playground();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void asManyAgentsRunAsIterationsAreAllowed(int iterations) throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(COUNT + "echo working"));

        RunResult result = result(ralph.submit(
                task(play.directory("w")).limits(iterations(iterations)).build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result.iterations()).isEqualTo(iterations);
        assertThat(play.lines("count")).hasSize(iterations);
    }

    @Test
    void aClaimInTheLastAllowedIterationCompletesTheRun() throws Exception {
        Orchestrator ralph =
                play.start(play.orchestrator(COUNT + "[ \"$(wc -l <\"$PLAY/count\")\" -lt 2 ] || echo LOOP_COMPLETE"));

        RunResult result = result(
                ralph.submit(task(play.directory("w")).limits(iterations(2)).build()));

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.verification()).isEqualTo(Verification.UNVERIFIED);
        assertThat(result.iterations()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOOP_COMPLETE",
                "all done\\n  LOOP_COMPLETE  ",
                "LOOP_COMPLETE is what I may say now:\\r\\nLOOP_COMPLETE\\r\\n\\n \\n"
            })
    void thePromiseAloneOnTheLastLineCompletes(String output) throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("printf '" + output + "'"));

        RunResult result = result(
                ralph.submit(task(play.directory("w")).limits(iterations(1)).build()));

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT LOOP_COMPLETE",
                "LOOP_COMPLETE is not reached",
                "LOOP_COMPLETE\\nbut there is more to do",
                "LOOP_COMPLETED",
                "loop_complete",
                "NOT done; nothing is fixed"
            })
    void anythingElseDoesNotComplete(String output) throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("printf '" + output + "'"));

        RunResult result = result(
                ralph.submit(task(play.directory("w")).limits(iterations(1)).build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aPromptThatMentionsThePromiseOrTheMarkerDoesNotComplete() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(COUNT + "echo working"));

        RunResult result = result(ralph.submit(
                quick(RunSpec.prompt("Say so when done:\n- [x] TASK_COMPLETE\nTASK_COMPLETE\nLOOP_COMPLETE"))
                        .workspace(play.directory("w"))
                        .agent("scripted")
                        .limits(iterations(2))
                        .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("count")).hasSize(2);
    }

    @Test
    void aPromiseOfOnesOwnReplacesTheDefault() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(
                COUNT + "[ \"$(wc -l <\"$PLAY/count\")\" = 1 ] && echo LOOP_COMPLETE || echo 'Ship it!'"));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .completionPromise("Ship it!")
                .limits(iterations(5))
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(2);
    }

    @Test
    void aTickedLineInThePromptFileCompletes() throws Exception {
        Path workspace = play.directory("w");
        Path prompt = Files.writeString(workspace.resolve("PROMPT.md"), "# Task\n- [ ] TASK_COMPLETE\n");
        Orchestrator ralph = play.start(play.orchestrator("sed -i 's/- \\[ \\]/- [x]/' PROMPT.md; echo ticked"));

        RunResult result =
                result(ralph.submit(promptFile(workspace).limits(iterations(3)).build()));

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(prompt).content().contains("- [x] TASK_COMPLETE");
    }

    @Test
    void aMarkerInTheMiddleOfALineDoesNotComplete() throws Exception {
        Path workspace = play.directory("w");
        Files.writeString(
                workspace.resolve("PROMPT.md"), "# Task\nEnd with the line `- [x] TASK_COMPLETE` when done.\n");
        Orchestrator ralph = play.start(
                play.orchestrator("echo 'I must not write - [x] TASK_COMPLETE before it is done' >>PROMPT.md"));

        RunResult result =
                result(ralph.submit(promptFile(workspace).limits(iterations(2)).build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result.iterations()).isEqualTo(2);
    }

    @Test
    void aPromptFileThatIsTickedAlreadyIsRefused() throws Exception {
        Path workspace = play.directory("w");
        Files.writeString(workspace.resolve("PROMPT.md"), "# Task\n- [x] TASK_COMPLETE\n");
        Orchestrator ralph = play.start(play.orchestrator(COUNT));

        assertThatExceptionOfType(InvalidPromptException.class)
                .isThrownBy(() -> ralph.submit(promptFile(workspace).build()))
                .withMessageContaining("PROMPT.md")
                .withMessageContaining("- [ ] TASK_COMPLETE");
        assertThat(play.lines("count")).isEmpty();
    }

    @Test
    void thePromptFileIsReadAgainBeforeEveryIterationUntilItIsMissing() throws Exception {
        Path workspace = play.directory("w");
        Files.writeString(workspace.resolve("PROMPT.md"), "Version 1\n");
        Orchestrator ralph = play.start(play.orchestrator("""
                cat >>"$PLAY/prompts"
                if grep -q 'Version 1' PROMPT.md; then echo 'Version 2' >PROMPT.md; else rm PROMPT.md; fi
                """));

        RunResult result = result(ralph.submit(promptFile(workspace).build()));

        assertThat(result.reason()).isEqualTo(StopReason.INVALID_PROMPT);
        assertThat(result.detail()).contains("PROMPT.md");
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(play.lines("prompts")).contains("Version 1", "Version 2");
    }

    @Test
    void aRejectedClaimGoesBackToTheAgentUntilTheGatePasses() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                cat >"$PLAY/prompt"
                echo x >>"$PLAY/count"
                [ "$(wc -l <"$PLAY/count")" -lt 3 ] || touch finished
                echo LOOP_COMPLETE
                """));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(iterations(5))
                .gate(Gate.command("sh", "-c", "test -e finished || { echo 'finished is missing'; exit 3; }"))
                .build());
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.verification()).isEqualTo(Verification.VERIFIED);
        assertThat(result.iterations()).isEqualTo(3);
        assertThat(play.file("prompt")).content().contains("rejected", "exit code 3", "finished is missing");
        assertThat(run.gates()).extracting(gate -> gate.passed()).containsExactly(false, false, true);
        assertThat(run.iterations(0, 10)).allMatch(IterationRecord::claimed);
        List<StateEvent> events = run.events(0, 1000);
        assertThat(events)
                .extracting(StateEvent::seq)
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events.get(events.size() - 1)).isInstanceOf(StateEvent.RunEnded.class);
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void identicalOutputsOverAChangingWorkspaceAreNoLoop() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo x >>work; echo '42 passed, committed'"));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .progress(new ProgressPolicy(2, 0.9, 2))
                .limits(iterations(5))
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result.iterations()).isEqualTo(5);
    }

    @Test
    void commitsAreAChangeToo() throws Exception {
        Path repository = play.repository("repo");
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>work && git add work
                git -c user.name=A -c user.email=a@localhost commit -q -m more
                echo '42 passed, committed'
                """));

        RunResult result = result(ralph.submit(task(repository)
                .progress(new ProgressPolicy(2, 0.9, 2))
                .limits(iterations(3))
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void identicalOutputsOverAnUnchangedWorkspaceAreALoop() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo 'I will look at the tests first'"));

        Run run = ralph.submit(task(play.repository("repo"))
                .progress(new ProgressPolicy(3, 0.9, 10))
                .limits(iterations(9))
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.LOOP_DETECTED);
        assertThat(run.iterations(0, 10)).hasSize(3).noneMatch(IterationRecord::workspaceChanged);
    }

    @Test
    void differentOutputsWithoutAChangeAreAStall() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("head -c 300 /dev/urandom | od -An -tx1"));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .progress(new ProgressPolicy(3, 0.9, 4))
                .limits(iterations(9))
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.STALLED);
        assertThat(result.iterations()).isEqualTo(4);
    }

    private static dev.ralph.RunSpecBuilder promptFile(Path workspace) {
        return quick(
                RunSpec.promptFile(Path.of("PROMPT.md")).workspace(workspace).agent("scripted"));
    }

    private static Limits iterations(int max) {
        return Limits.builder().maxIterations(max).build();
    }
}
