/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown on a terminal: a pseudo-terminal made by {@code script} of util-linux. */
@Tag("linux")
@Tag("integration")
class TerminalTest {

    private static final String REDRAWN = "\r\u001B[K[1/5]";
    private static final String STARTED = "iteration 1: command started";

    /** Where the beginning of what the agent says is shown, and no more. */
    private static final int NARROW = 60;

    private static final int WIDE = 120;

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
    void showsWhereTheRunStandsOnOneLineThatFits() throws Exception {
        var end = run(
                new RalphProcess.Setup(folder).with("TERM", "xterm-256color"),
                NARROW,
                "echo 'a long line that says what the agent is doing at the moment 日本語日本語日本語'",
                "a long line");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains(REDRAWN).contains("COMPLETED").contains("\u001B[32m");
        String[] shown = end.out().split("\r\u001B\\[K|\r?\n|\r");
        assertThat(Arrays.stream(shown).filter(line -> line.startsWith("[1/5]")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(columns(line)).as(line).isLessThan(NARROW));
    }

    @Test
    void passesNothingOnThatATerminalWouldObey() throws Exception {
        var end = run(
                new RalphProcess.Setup(folder).with("TERM", "xterm"),
                WIDE,
                "printf '\\033[2J\\033]0;pwned\\007evil text\\n'",
                "evil text");

        assertThat(end.out()).contains("evil text").doesNotContain("\u001B[2J", "\u001B]0", "\u0007", "pwned");
        assertThat(end.out()).as("questions to the terminal").doesNotContain("\u001B[c", "\u001B[6n", "$p", "\u001B[?");
    }

    @Test
    void showsNoColourWhereNoneIsWanted() throws Exception {
        var end = run(
                new RalphProcess.Setup(folder).with("TERM", "xterm-256color").with("NO_COLOR", "1"),
                WIDE,
                ":",
                REDRAWN);

        assertThat(end.out()).contains(REDRAWN).doesNotContain("\u001B[3").doesNotContain("\u001B[1m");
    }

    @Test
    void aTerminalThatCannotRedrawGetsPlainLines() throws Exception {
        var end = run(new RalphProcess.Setup(folder).with("TERM", "dumb"), WIDE, "sleep 1", STARTED);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("iteration 1 recorded").doesNotContain("\u001B", "[1/5]");
    }

    @Test
    void ctrlCAtTheTerminalStopsAfterTheIteration() throws Exception {
        Path waiting = folder.resolve("waiting");
        Path keys = folder.resolve("keys");
        assertThat(new ProcessBuilder("mkfifo", keys.toString()).start().waitFor())
                .isZero();
        String agent = repository.script(
                "agent.sh",
                "touch '" + waiting + "'",
                "while [ ! -e '" + folder + "/go' ]; do sleep 0.05; done",
                "echo done");
        RalphProcess.Setup setup = new RalphProcess.Setup(folder).with("TERM", "xterm");

        try (RalphProcess process = setup.launch(List.of(
                        "sh",
                        "-c",
                        "exec script -qefc \"$1\" /dev/null <'" + keys + "'",
                        "sh",
                        commandLine(setup, agent)));
                var typing = Files.newOutputStream(keys)) {
            process.awaitOutput(STARTED);
            org.awaitility.Awaitility.await().until(() -> Files.exists(waiting));
            typing.write(3);
            typing.flush();
            process.awaitOutput("Stopping after this iteration");
            Files.createFile(folder.resolve("go"));
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(130);
            assertThat(end.out()).contains("iteration 1 recorded", "resume");
        }
    }

    /** The agent speaks once somebody listens, and has done its task once that is shown. */
    private RalphProcess.Ended run(RalphProcess.Setup setup, int columns, String speaks, String shown)
            throws Exception {
        Path go = folder.resolve("go");
        Path seen = folder.resolve("seen");
        String agent = repository.script(
                "agent.sh",
                "while [ ! -e '" + go + "' ]; do sleep 0.05; done",
                speaks,
                "while [ ! -e '" + seen + "' ]; do sleep 0.05; done",
                "echo LOOP_COMPLETE");
        try (RalphProcess process = setup.launch(List.of(
                "script", "-qefc", "stty cols " + columns + " rows 10; " + commandLine(setup, agent), "/dev/null"))) {
            process.awaitOutput(STARTED);
            Files.createFile(go);
            process.awaitOutput(shown);
            Files.createFile(seen);
            return process.await();
        }
    }

    private String commandLine(RalphProcess.Setup setup, String agent) {
        return "exec " + setup.commandLine() + " run --prompt x --max-iterations 5 --workspace '"
                + repository.argument() + "' -- sh '" + agent + "'";
    }

    /** How many columns a terminal needs for it: wide characters take two. */
    private static int columns(String line) {
        return line.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
    }
}
