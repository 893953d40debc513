/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every option that is accepted has its effect, and each source of a value its rank. */
@Tag("integration")
class OptionsTest {

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
    void everyOptionReachesTheRun() throws Exception {
        JsonNode spec = dryRun(
                        new RalphProcess.Setup(folder),
                        "--max-iterations=7",
                        "--max-runtime=90m",
                        "--max-tokens=1000",
                        "--max-cost=2.50",
                        "--attempt-timeout=3m",
                        "--idle-timeout=45s",
                        "--promise=ALL DONE",
                        "--checkpoint-every=4",
                        "--max-failures=2",
                        "--gate=grep -q 'a b' README",
                        "--gate=true",
                        "--gate-timeout=20s",
                        "--label=team=blue",
                        "--label=size=small",
                        "--task-id=task-1",
                        "--agent-env=MY_*",
                        "--on-interrupted=continue")
                .get("spec");

        assertThat(spec.at("/limits/maxIterations").asInt()).isEqualTo(7);
        assertThat(spec.at("/limits/maxRuntime").asText()).isEqualTo("PT1H30M");
        assertThat(spec.at("/limits/maxTokens").asLong()).isEqualTo(1000);
        assertThat(spec.at("/limits/maxCost").decimalValue()).isEqualByComparingTo("2.50");
        assertThat(spec.at("/limits/attemptTimeout").asText()).isEqualTo("PT3M");
        assertThat(spec.at("/limits/idleTimeout").asText()).isEqualTo("PT45S");
        assertThat(spec.at("/completionPromise").asText()).isEqualTo("ALL DONE");
        assertThat(spec.at("/checkpoints/every").asInt()).isEqualTo(4);
        assertThat(spec.at("/retry/maxConsecutiveFailures").asInt()).isEqualTo(2);
        assertThat(spec.at("/gates/0/settings/command/2").asText()).isEqualTo("a b");
        assertThat(spec.at("/gates/0/settings/timeoutSeconds").asInt()).isEqualTo(20);
        assertThat(spec.at("/gates/1/settings/command/0").asText()).isEqualTo("true");
        assertThat(spec.at("/labels/team").asText()).isEqualTo("blue");
        assertThat(spec.at("/labels/size").asText()).isEqualTo("small");
        assertThat(spec.at("/taskId").asText()).isEqualTo("task-1");
        assertThat(spec.at("/agents/0/settings/environment/0").asText()).isEqualTo("MY_*");
        assertThat(spec.at("/onInterrupted").asText()).isEqualTo("CONTINUE");
        assertThat(dryRun(new RalphProcess.Setup(folder), "--on-interrupted=ROLLBACK")
                        .at("/spec/onInterrupted")
                        .asText())
                .isEqualTo("ROLLBACK");
    }

    @Test
    void aDryRunLaunchesAndKeepsNothing() throws Exception {
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder);
        String agent = repository.script("agent.sh", "touch launched");

        var end = ralph.here(
                "run",
                "--dry-run",
                "--prompt",
                "x",
                "--workspace",
                repository.argument(),
                "--gate",
                "touch gate-launched",
                "--",
                "sh",
                agent);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("nothing was launched", "command, ready", "gate-launched");
        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertThat(ralph.here("list").out()).contains("No runs.");
    }

    @Test
    void aRunWorksInACloneOfARemoteAndItsResultIsThere() throws Exception {
        Path remote = folder.resolve("remote.git");
        repository.git("clone", "-q", "--bare", ".", remote.toString());
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder)
                .with("RALPH_WORKSPACES", folder.resolve("clones").toString());

        var end = ralph.here(
                "run",
                "--prompt",
                "x",
                "--git-remote",
                remote.toString(),
                "--max-iterations=1",
                "--",
                "sh",
                "-c",
                "echo made >made; echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        String tip = repository
                .git("ls-remote", remote.toString(), "refs/ralph/*")
                .lines()
                .reduce("", (before, line) -> line)
                .replaceAll("\t.*", "");
        repository.git("fetch", "-q", remote.toString(), "refs/ralph/*:refs/ralph/*");
        assertThat(repository.git("show", tip + ":made").strip()).isEqualTo("made");
        var list = ralph.here("list", "--json");
        var show = ralph.here("show", list.out().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1"));
        assertThat(show.out()).as(show.all()).contains("git remote=" + remote);
    }

    @Test
    void aRemoteAndADirectoryExcludeEachOther() throws Exception {
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder);

        var both = ralph.here(
                "run", "--dry-run", "--prompt", "x", "--workspace", ".", "--git-remote", "/x.git", "--", "true");
        var lone = ralph.here("run", "--dry-run", "--prompt", "x", "--git-branch", "main", "--", "true");

        assertThat(both.err()).contains("--workspace", "--git-remote");
        assertThat(lone.err()).contains("--git-branch");
    }

    @Test
    void aHostWithoutGitRunsInARepositoryIfItSaysSo() throws Exception {
        Path noGit = Files.createDirectory(folder.resolve("bin"));
        Path git = Files.writeString(noGit.resolve("git"), "#!/bin/sh\ntouch '" + folder + "/called'\nexit 127\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        RalphProcess.Setup ralph =
                new RalphProcess.Setup(folder).with("PATH", noGit + File.pathSeparator + System.getenv("PATH"));
        String[] run = {
            "run",
            "--prompt",
            "x",
            "--workspace",
            repository.argument(),
            "--",
            "sh",
            "-c",
            "date >>work; echo LOOP_COMPLETE"
        };

        assertThat(ralph.run(run).code()).as("with git").isNotZero();
        Files.delete(folder.resolve("called"));
        var end = ralph.with("RALPH_VERSION_CONTROL", "none").run(run);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("workspace changed").doesNotContain("checkpoint");
        assertThat(folder.resolve("called")).doesNotExist();
        assertThat(ralph.with("RALPH_VERSION_CONTROL", "svn").run(run).err())
                .contains("RALPH_VERSION_CONTROL", "svn", "auto, git or none");
    }

    @Test
    void aDryRunFindsWhatARunWouldFail() throws Exception {
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder);
        assertThat(ralph.here(
                                "run",
                                "--dry-run",
                                "--prompt-file",
                                "NONE.md",
                                "--workspace",
                                repository.argument(),
                                "--",
                                "true")
                        .code())
                .isEqualTo(32);
        assertThat(ralph.here("run", "--dry-run", "--prompt", "x", "--workspace", "nowhere", "--", "true")
                        .code())
                .isEqualTo(33);
        var missing = ralph.here(
                "run", "--dry-run", "--prompt", "x", "--workspace", repository.argument(), "--", "no-such-agent");
        assertThat(missing.code()).as(missing.all()).isEqualTo(30);
        assertThat(missing.out()).contains("NOT READY", "no-such-agent");
    }

    @Test
    void anOptionWinsOverAPropertyOverTheEnvironmentOverTheFileOverTheDefault() throws Exception {
        Path file = Files.writeString(
                folder.resolve("ralph.properties"),
                "RALPH_MAX_ITERATIONS=11\nRALPH_MAX_COST=11.00\nRALPH_MAX_TOKENS=11\nRALPH_MAX_RUNTIME=11\n");
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder)
                .with("RALPH_CONFIG", file.toString())
                .with("RALPH_MAX_ITERATIONS", "22")
                .with("RALPH_MAX_COST", "22.00")
                .with("RALPH_MAX_TOKENS", "22")
                .jvmArgument("-Dralph.max-iterations=33")
                .jvmArgument("-Dralph.max-cost=33.00");

        JsonNode limits = dryRun(ralph, "--max-iterations=44").at("/spec/limits");

        assertThat(limits.get("maxIterations").asInt()).isEqualTo(44);
        assertThat(limits.get("maxCost").decimalValue()).isEqualByComparingTo("33.00");
        assertThat(limits.get("maxTokens").asLong()).isEqualTo(22);
        assertThat(limits.get("maxRuntime").asText()).isEqualTo("PT11S");
        assertThat(limits.get("attemptTimeout").asText()).isEqualTo("PT30M");
    }

    @Test
    void aBadValueInTheEnvironmentIsNamedWithItsSource() throws Exception {
        var end = new RalphProcess.Setup(folder)
                .with("RALPH_MAX_ITERATIONS", "many")
                .run("list");

        assertThat(end.code()).as(end.all()).isEqualTo(2);
        assertThat(end.err()).contains("RALPH_MAX_ITERATIONS is 'many' in the environment");
    }

    @Test
    void aMistypedNameInTheEnvironmentIsAWarningAndTheOwnOnesAreNot() throws Exception {
        var end =
                new RalphProcess.Setup(folder).with("RALPH_MAX_ITERATION", "3").run("list");

        assertThat(end.code()).isZero();
        assertThat(end.err())
                .contains("RALPH_MAX_ITERATION", "did you mean RALPH_MAX_ITERATIONS?")
                .hasLineCount(1);
    }

    @Test
    void aGateOfAPluginComesAfterTheCommandsWithItsSettings() throws Exception {
        JsonNode gates = dryRun(
                        new RalphProcess.Setup(folder),
                        "--plugin-gate=command:{\"command\":[\"false\"]}",
                        "--gate=true")
                .at("/spec/gates");

        assertThat(gates).hasSize(2);
        assertThat(gates.at("/0/name").asText()).isEqualTo("true");
        assertThat(gates.at("/1/type").asText()).isEqualTo("command");
        assertThat(gates.at("/1/settings/command/0").asText()).isEqualTo("false");
    }

    @Test
    void anAgentOutsideTheOrderIsLastInIt() throws Exception {
        JsonNode agents = dryRun(new RalphProcess.Setup(folder)).at("/spec/agents");

        assertThat(agents).hasSize(1);
        assertThat(agents.at("/0/id").asText()).isEqualTo("command");
    }

    @Test
    void theCommandOfAnAgentMayBeOneText() throws Exception {
        var end = new RalphProcess.Setup(folder)
                .run(
                        "run",
                        "--prompt",
                        "x",
                        "--workspace",
                        repository.argument(),
                        "--agent-command",
                        "sh -c 'echo \"$MY_WORD\"; echo LOOP_COMPLETE'",
                        "--agent-env",
                        "MY_WORD",
                        "--promise",
                        "LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
    }

    @Test
    void aKnownTaskIsGoneOnWithInsteadOfBegunAgain() throws Exception {
        RalphProcess.Setup ralph = new RalphProcess.Setup(folder);
        String agent = repository.script("agent.sh", "echo x >>" + folder.resolve("launches"), "echo LOOP_COMPLETE");
        for (int time = 0; time < 2; time++) {
            var end = ralph.run(
                    "run",
                    "--task-id",
                    "the task",
                    "--prompt",
                    "x",
                    "--workspace",
                    repository.argument(),
                    "--",
                    "sh",
                    agent);
            assertThat(end.code()).as(end.all()).isZero();
        }

        assertThat(Files.readAllLines(folder.resolve("launches"))).hasSize(1);
        assertThat(ralph.here("list").out()).contains("the task");
    }

    private JsonNode dryRun(RalphProcess.Setup ralph, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--dry-run", "--json", "--prompt", "x", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "true"));
        var end = ralph.run(arguments.toArray(String[]::new));
        assertThat(end.code()).as(end.all()).isZero();
        return new ObjectMapper().readTree(end.out());
    }
}
