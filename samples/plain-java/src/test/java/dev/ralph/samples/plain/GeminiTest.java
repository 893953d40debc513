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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Gemini adapter from the command line, with a program that prints as its client does. */
@Tag("linux")
class GeminiTest {

    private static final String KEY = "gemini-key-of-the-sample-77f1";

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
        Path client = Path.of(repository.script(
                "gemini",
                "#!/bin/sh",
                "if [ \"$1\" = --version ]; then echo 0.61.0; exit 0; fi",
                "cat > prompt",
                "echo \"$@\" > arguments",
                "printf '{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"%s\\\\nLOOP_COMPLETE\",\"delta\":true}\\n' \"$GEMINI_API_KEY\"",
                "printf '{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"models\":{\"gemini-2.5-pro\":{\"total_tokens\":1100,"
                        + "\"input_tokens\":1000,\"output_tokens\":100,\"cached\":0,\"input\":1000}}}}\\n'"));
        assertThat(client.toFile().setExecutable(true)).isTrue();
        ralph = new RalphProcess.Setup(folder)
                .with("RALPH_GEMINI_COMMAND", client.toString())
                .with("GEMINI_API_KEY", KEY);
    }

    @Test
    void aRunUsesItAndShowsWhatItMayHaveCost() throws Exception {
        var end = ralph.run(
                "run",
                "--agent=gemini",
                "--model=gemini-2.5-pro",
                "--agent-setting=approvalMode=yolo",
                "--prompt=Do it",
                "--workspace",
                repository.argument(),
                "--json");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.all()).doesNotContain(KEY);
        String[] lines = end.out().split("\n", -1);
        JsonNode result = new ObjectMapper().readTree(lines[lines.length - 2]);
        assertThat(result.at("/spend/estimated").decimalValue()).isEqualByComparingTo("0.00225");
        assertThat(workspaceFile("prompt")).contains("Do it");
        assertThat(workspaceFile("arguments"))
                .contains("--approval-mode yolo", "--model=gemini-2.5-pro")
                .doesNotContain("Do it");
    }

    @Test
    void agentsTellsWhetherItIsReady() throws Exception {
        assertThat(ralph.run("agents").out()).containsPattern("gemini +0\\.61\\.0 +yes");

        var missing = new RalphProcess.Setup(folder)
                .with("RALPH_GEMINI_COMMAND", folder.resolve("none").toString())
                .run("agents");
        assertThat(missing.out())
                .containsPattern("gemini +- +no ")
                .contains("npm install -g @google/gemini-cli@0.61.0");
    }

    @Test
    void aSettingNobodyKnowsEndsTheRunWithThoseThereAre() throws Exception {
        var end = ralph.run(
                "run", "--agent=gemini", "--agent-setting=modle=x", "--prompt=x", "--workspace", repository.argument());

        assertThat(end.code()).as(end.all()).isNotZero();
        assertThat(end.all()).contains("unknown settings [modle]", "[approvalMode, maxTurns, model]");
        assertThat(Path.of(repository.argument()).resolve("arguments")).doesNotExist();
    }

    private String workspaceFile(String name) throws Exception {
        return Files.readString(Path.of(repository.argument()).resolve(name));
    }
}
