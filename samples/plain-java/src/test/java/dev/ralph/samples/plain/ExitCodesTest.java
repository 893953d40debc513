/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real agents for each stop reason; some in a process of their own, the rest in that of the test, which is quicker. */
@Tag("integration")
class ExitCodesTest {

    /** Changes the workspace in every launch and never claims anything. */
    private static final String BUSY = "date +%s%N >>work; echo \"$RANDOM $(date +%s%N) some more\"";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
    }

    @Test
    void verifiedCompletionIsZero() throws Exception {
        var end = ralph(arguments("echo yes >done; echo LOOP_COMPLETE", "--gate", "grep -q yes done"));

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("COMPLETED, VERIFIED");
    }

    @Test
    void unverifiedCompletionIsZeroButSaidSo() throws Exception {
        var end = run("echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("UNVERIFIED", "no gate checked it");
    }

    @Test
    void completionInTheLastIterationIsCompletion() throws Exception {
        var end = run("echo LOOP_COMPLETE", "--max-iterations", "1");

        assertThat(end.code()).as(end.all()).isZero();
    }

    @Test
    void iterationsUsedUp() throws Exception {
        var end = ralph(arguments(BUSY, "--max-iterations", "3"));

        assertThat(end.code()).as(end.all()).isEqualTo(10);
        assertThat(Files.readAllLines(repository.path().resolve("work"))).hasSize(3);
    }

    @Test
    void runtimeUsedUp() throws Exception {
        assertThat(run("sleep 60", "--max-runtime", "1s").code()).isEqualTo(11);
    }

    @Test
    void tokensUsedUpByAnAgentThatReportsNone() throws Exception {
        assertThat(run(BUSY, "--max-tokens", "1000").code()).isEqualTo(12);
    }

    @Test
    void costUsedUpByAnAgentThatReportsNone() throws Exception {
        var end = run(BUSY, "--max-cost", "0.50");

        assertThat(end.code()).as(end.all()).isEqualTo(13);
        assertThat(end.out()).contains("MAX_COST").contains("$0.50 unknown");
    }

    @Test
    void failuresInARow() throws Exception {
        var end = run("echo broken >&2; exit 3", "--max-failures", "1");

        assertThat(end.code()).as(end.all()).isEqualTo(20);
        assertThat(end.out()).contains("exit code 3: broken");
    }

    @Test
    void theSameOutputOverAnUnchangedWorkspace() throws Exception {
        assertThat(run("echo I am thinking about it").code()).isEqualTo(21);
    }

    @Test
    void nothingChangesButTheOutput() throws Exception {
        assertThat(run("od -An -N400 -tx1 /dev/urandom").code()).isEqualTo(22);
    }

    @Test
    void anAgentThatIsNotInstalled() throws Exception {
        var end = ralph("run", "--prompt", "x", "--workspace", repository.argument(), "--", "no-such-agent-program");

        assertThat(end.code()).as(end.all()).isEqualTo(30);
        assertThat(end.out()).contains("no-such-agent-program");
    }

    @Test
    void noAgentAtAll() throws Exception {
        var end = ralph("run", "--prompt", "x", "--workspace", repository.argument());

        assertThat(end.code()).as(end.all()).isEqualTo(30);
    }

    @Test
    void promptFilesThatCannotBeUsed() throws Exception {
        Files.createFile(repository.path().resolve("EMPTY.md"));
        for (String file : List.of("MISSING.md", "EMPTY.md")) {
            var end = here(
                    "run",
                    "--prompt-file",
                    file,
                    "--workspace",
                    repository.argument(),
                    "--",
                    "sh",
                    "-c",
                    "echo LOOP_COMPLETE");

            assertThat(end.code()).as(end.all()).isEqualTo(32);
            assertThat(end.err()).contains(file);
        }
    }

    @Test
    void aPromptFileThatIsGoneDuringTheRun() throws Exception {
        Files.writeString(repository.path().resolve("TASK.md"), "do it\n");

        var end = here(
                "run",
                "--prompt-file",
                "TASK.md",
                "--workspace",
                repository.argument(),
                "--",
                "sh",
                "-c",
                "rm TASK.md; echo gone");

        assertThat(end.code()).as(end.all()).isEqualTo(32);
        assertThat(end.out()).contains("INVALID_PROMPT").contains("TASK.md");
    }

    @Test
    void aWorkspaceThatIsNotThere() throws Exception {
        var end = ralph("run", "--prompt", "x", "--workspace", "nowhere", "--", "true");

        assertThat(end.code()).as(end.all()).isEqualTo(33);
        assertThat(end.err()).contains("nowhere").doesNotContain("\tat ");
    }

    @Test
    void mistakesOnTheCommandLineAreTwo() throws Exception {
        for (String[] arguments : List.of(
                new String[] {"run"},
                new String[] {"run", "--prompt", "x", "--max-iterations", "many"},
                new String[] {"run", "--prompt", "x", "--max-iterations", "0", "--", "true"},
                new String[] {"run", "--prompt", "x", "--max-cost", "-1", "--", "true"},
                new String[] {"run", "--prompt", "x", "--max-runtime", "5", "--", "true"},
                new String[] {"run", "--prompt", "x", "--agent", "nobody"},
                new String[] {"run", "--prompt", "x", "--gate", "a | b", "--", "true"},
                new String[] {"run", "--prompt", "x", "true"},
                new String[] {"show", "not-an-id"},
                new String[] {"events", "01a20999-34af-7ef3-9b92-7ba6cc4895e8", "--from", "x"},
                new String[] {"list", "--status", "SLEEPING"},
                new String[] {"list", "--limit", "0"},
                new String[] {"costs", "--by", "moon"},
                new String[] {"costs", "--from", "yesterday"},
                new String[] {"fly"})) {
            var end = here(arguments);

            assertThat(end.code())
                    .as("%s: %s", Arrays.asList(arguments), end.all())
                    .isEqualTo(2);
            assertThat(end.err()).startsWith("ralph: ").doesNotContain("\tat ");
        }
    }

    @Test
    void anUnknownRunIsOneLineThatSaysWhereToLook() throws Exception {
        for (String command : List.of("show", "events", "resume", "cancel")) {
            var end = here(command, "01a20999-34af-7ef3-9b92-7ba6cc4895e8");

            assertThat(end.code()).as(end.all()).isEqualTo(1);
            assertThat(end.err())
                    .contains("there is no run 01a20999-34af-7ef3-9b92-7ba6cc4895e8")
                    .contains("ralph list")
                    .hasLineCount(1);
        }
    }

    @Test
    void anUnknownOptionSuggestsTheNearest() throws Exception {
        assertThat(ralph("run", "--promt", "x").err()).contains("Unknown option: '--promt'", "--prompt");
    }

    @Test
    void whereInTheProgramAnErrorIsIsShownOnDemand() throws Exception {
        assertThat(ralph("--debug", "show", "not-an-id").err()).contains("\tat dev.ralph");
    }

    private RalphProcess.Ended run(String script, String... options) throws Exception {
        return here(arguments(script, options));
    }

    private String[] arguments(String script, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--prompt", "Do something", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "sh", repository.script("agent.sh", script)));
        return arguments.toArray(String[]::new);
    }

    private RalphProcess.Ended here(String... arguments) throws Exception {
        return new RalphProcess.Setup(folder).here(arguments);
    }

    private RalphProcess.Ended ralph(String... arguments) throws Exception {
        return new RalphProcess.Setup(folder).run(arguments);
    }
}
