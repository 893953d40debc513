/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed where no terminal is. */
@Tag("integration")
class OutputTest {

    private static final String EVIL =
            "printf '\\033[31mred\\033[0m \\033]0;title\\007 \\233 \\010 \\342\\200\\256 end\\n'";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
        ralph = new RalphProcess.Setup(folder).with("TERM", "xterm-256color");
    }

    @Test
    void jsonIsOneObjectALineAndEndsWithTheResult() throws Exception {
        // What an agent says before anybody listens is not shown.
        Path go = folder.resolve("go");
        String script = "while [ ! -e '" + go + "' ]; do sleep 0.05; done; " + EVIL
                + "; echo 'größer \"quoted\"'; echo LOOP_COMPLETE";
        RalphProcess.Ended end;
        try (RalphProcess process = ralph.start(arguments(script, "--json", "--gate", "true"))) {
            process.awaitOutput("attempt_started");
            Files.createFile(go);
            end = process.await();
        }

        List<JsonNode> lines = parse(end.out());
        assertThat(end.out()).matches("\\p{ASCII}*").doesNotContain("\u001B");
        assertThat(types(lines))
                .startsWith("begin", "run_submitted")
                .contains("run_taken_up", "attempt_started", "text_written", "gate_checked", "run_ended")
                .endsWith("result");
        JsonNode result = lines.get(lines.size() - 1);
        assertThat(result.get("reason").asText()).isEqualTo("COMPLETED");
        assertThat(result.get("verification").asText()).isEqualTo("VERIFIED");
        assertThat(result.at("/spend/billed").isNumber()).isTrue();
        String id = result.get("id").asText();

        JsonNode show = parse(ralph.here("show", id, "--json").out()).get(0);
        assertThat(show.at("/iterations/0/claimed").asBoolean()).isTrue();
        assertThat(show.at("/gates/0/passed").asBoolean()).isTrue();
        assertThat(show.at("/checkpoints/0/commit").asText()).hasSize(40);
        assertThat(show.at("/attemptRecords/0/status").asText()).isEqualTo("SUCCEEDED");
        assertThat(show.toString()).doesNotContain("Do something secret");
        assertThat(types(parse(ralph.here("list", "--json").out()))).containsExactly("run");
        assertThat(types(parse(ralph.here("agents", "--json").out())))
                .contains("agent")
                .endsWith("containment");
        assertThat(types(parse(ralph.here("events", id, "--json", "--from", "2").out())))
                .startsWith("run_taken_up")
                .endsWith("run_ended");
    }

    @Test
    void nothingForATerminalIsPrintedIntoAPipe() throws Exception {
        var end = run(EVIL + "; echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).doesNotContain("\u001B", "\r", "\u0007");
        String id = end.out().split("\\s+", -1)[1];
        for (String[] arguments : List.of(
                new String[] {"show", id, "--output"},
                new String[] {"events", id},
                new String[] {"list"},
                new String[] {"agents"},
                new String[] {"--help"},
                new String[] {"run", "--help"})) {
            var printed = ralph.here(arguments);
            assertThat(printed.code()).as(printed.all()).isZero();
            assertThat(printed.out()).isNotBlank().doesNotContain("\u001B", "\r", "\u0007", "\u202E");
        }
        assertThat(ralph.here("show", id, "--output").out()).contains("red", "end");
    }

    @Test
    void quietIsTheIdAndTheEnd() throws Exception {
        var end = run("echo LOOP_COMPLETE", "--quiet");

        assertThat(end.out()).hasLineCount(2).contains("COMPLETED, UNVERIFIED");
    }

    @Test
    void thePromptIsInNobodysArgumentsAndInNoLog() throws Exception {
        ralph.with("LOG_LEVEL", "DEBUG");
        Files.writeString(repository.path().resolve("TASK.md"), "Do something secret-in-file\n");
        String script =
                "cat >got; for p in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <\"$p\"; echo; done >seen; echo LOOP_COMPLETE";

        var end = ralph.run(
                "run",
                "--prompt-file",
                "TASK.md",
                "--workspace",
                repository.argument(),
                "--",
                "sh",
                repository.script("agent.sh", script));

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(repository.path().resolve("got")).content().contains("secret-in-file");
        assertThat(repository.path().resolve("seen"))
                .content()
                .contains("agent.sh")
                .doesNotContain("secret-in-file");
        assertThat(end.err()).contains("DEBUG").doesNotContain("secret-in-file");
        assertThat(end.out()).doesNotContain("secret-in-file");
    }

    @Test
    void aPromptOfTwoMegabytesReachesTheAgent() throws Exception {
        Files.writeString(repository.path().resolve("TASK.md"), "x".repeat(2_000_000) + "\nthe end of it\n");

        var end = ralph.run(
                "run",
                "--prompt-file",
                "TASK.md",
                "--workspace",
                repository.argument(),
                "--",
                "sh",
                "-c",
                "grep -q '^the end of it$' && echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
    }

    private RalphProcess.Ended run(String script, String... options) throws Exception {
        return ralph.run(arguments(script, options));
    }

    private String[] arguments(String script, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--prompt", "Do something secret", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "sh", repository.script("agent.sh", script)));
        return arguments.toArray(String[]::new);
    }

    private static List<JsonNode> parse(String output) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : output.lines().toList()) {
            JsonNode node = mapper.readTree(line);
            assertThat(node.isObject()).as(line).isTrue();
            nodes.add(node);
        }
        return nodes;
    }

    private static List<String> types(List<JsonNode> lines) {
        return lines.stream().map(line -> line.get("type").asText()).toList();
    }
}
