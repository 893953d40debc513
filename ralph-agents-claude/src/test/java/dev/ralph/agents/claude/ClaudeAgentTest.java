/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AgentStatus;
import dev.ralph.ConfigurationException;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Orchestrator;
import dev.ralph.Usage;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeAgentTest {

    private static final String KEY = "sk-ant-canary-5b1e77";

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
        bench.secrets.put("ANTHROPIC_API_KEY", KEY);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void itIsFoundByItsId() {
        try (Orchestrator ralph = Orchestrator.builder().build()) {
            assertThat(ralph.agents()).extracting(AgentStatus::id).contains("claude");
        }
        assertThat(new ClaudeAgentProvider().create(bench).usageReporting()).isEqualTo(UsageReporting.PARTIAL);
    }

    @Test
    void aRunThatSetsNothingEditsInAFreshSessionWithoutTheDevelopersSettings() throws Exception {
        invoke(hello(), Map.of());

        assertThat(bench.arguments())
                .containsExactly(
                        "-p",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--setting-sources",
                        "project",
                        "--strict-mcp-config",
                        "--permission-mode",
                        "acceptEdits",
                        "--no-session-persistence");
        assertThat(bench.file("prompt")).isEqualTo("the prompt");
    }

    @Test
    void settingsBecomeArguments() throws Exception {
        Map<String, Object> settings = Map.of(
                "model",
                "opus",
                "fallbackModel",
                "sonnet,haiku",
                "permissionMode",
                "bypassPermissions",
                "allowedTools",
                List.of("Bash(mvn:*)", "WebFetch"),
                "disallowedTools",
                List.of("Task"),
                "maxTurns",
                12,
                "settingSources",
                List.of(),
                "appendSystemPrompt",
                "Be brief. witness-9a");

        bench.invoke(hello().build(bench), settings, new BigDecimal("1E-2"));

        List<String> arguments = bench.arguments();
        assertThat(arguments)
                .containsSubsequence("--setting-sources", "", "--strict-mcp-config")
                .containsSubsequence("--permission-mode", "bypassPermissions")
                .containsSubsequence("--model", "opus", "--fallback-model", "sonnet,haiku")
                .containsSubsequence("--allowedTools", "Bash(mvn:*)", "WebFetch", "--disallowedTools", "Task")
                .containsSubsequence("--append-system-prompt-file")
                .containsSubsequence("--max-turns", "12", "--max-budget-usd", "0.01")
                .noneMatch(argument -> argument.contains("witness"));
    }

    @Test
    void theSystemPromptIsInAPrivateFileThatIsGoneAfterwards() throws Exception {
        ClaudeAgent agent = bench.agent("""
                while [ "$1" != --append-system-prompt-file ]; do shift; done
                cp -p "$2" '%s/system'; %s""".formatted(folder, Workbench.replay("hello-stream-json")))
                .build(bench);

        bench.invoke(agent, Map.of("appendSystemPrompt", "Be brief."));

        List<String> arguments = bench.arguments();
        Path file = Path.of(arguments.get(arguments.indexOf("--append-system-prompt-file") + 1));
        assertThat(bench.file("system")).isEqualTo("Be brief.");
        assertThat(Files.getPosixFilePermissions(folder.resolve("system"))).hasSize(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void aBudgetThatIsUsedUpIsTheLeastTheClientTakes() throws Exception {
        bench.invoke(hello().build(bench), Map.of(), BigDecimal.ZERO);

        assertThat(bench.arguments()).containsSubsequence("--max-budget-usd", "0.000001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modle | opus | unknown settings [modle] for agent 'claude'; there are [allowedTools, appendSystemPrompt",
                "model | --resume | setting 'model' of Claude must be the name of a model",
                "model | '' | setting 'model' of agent 'claude' must be a text",
                "permissionMode | bypass | must be one of [acceptEdits, auto, bypassPermissions, dontAsk, manual, plan]",
                "allowedTools | Bash | setting 'allowedTools' of agent 'claude' must be a list of strings",
                "maxTurns | 0 | setting 'maxTurns' of agent 'claude' must be a whole number from 1 to 10000",
                "resumeSession | yes | setting 'resumeSession' of agent 'claude' must be true or false",
            })
    void settingsThatAreWrongAreAnInvalidArgument(String name, String value, String problem) throws Exception {
        AgentOutcome.Failed failed = (AgentOutcome.Failed) invoke(hello(), Map.of(name, value));

        assertThat(failed.failure()).isEqualTo(FailureClass.INVALID_ARGUMENT);
        assertThat(failed.message()).contains(problem);
        assertThat(failed.usage()).isEqualTo(UsageReport.NOTHING);
        assertThat(folder.resolve("launches")).doesNotExist();
    }

    @Test
    void toolsThatLookLikeOptionsAreRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> hello().settings(Map.of("allowedTools", List.of("--dangerously-skip-permissions"))))
                .withMessageContaining("allowedTools");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> hello().settings(Map.of("settingSources", List.of("everything"))))
                .withMessageContaining("[local, project, user]");
    }

    @Test
    void theEnvironmentIsWhatIsAllowedQuietAndTheKey() throws Exception {
        invoke(hello().variable("DISABLE_TELEMETRY", "0").variable("EXTRA", "x"), Map.of());

        List<String> environment = bench.file("environment").lines().toList();
        assertThat(environment)
                .contains(
                        "ANTHROPIC_API_KEY=" + KEY,
                        "DISABLE_AUTOUPDATER=1",
                        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1",
                        "DISABLE_ERROR_REPORTING=1",
                        "CLAUDE_CODE_MAX_RETRIES=1",
                        "DISABLE_TELEMETRY=0",
                        "EXTRA=x");
        assertThat(environment).noneMatch(line -> line.startsWith("MAVEN_") || line.startsWith("JAVA_"));
    }

    @Test
    void theTraceContextOfTheAttemptIsInTheEnvironment() throws Exception {
        bench.invokeTraced(hello().build(bench), Map.of("TRACEPARENT", "00-aa-bb-01", "TRACESTATE", "vendor=1"));

        assertThat(bench.file("environment").lines()).contains("TRACEPARENT=00-aa-bb-01", "TRACESTATE=vendor=1");
        assertThat(hello().build(bench).modelProvider()).isEqualTo("anthropic");
    }

    @Test
    void thePropertyNamesTheSecretAndIsNotTheKey() throws Exception {
        bench.properties.put("CLAUDE_API_KEY_SECRET", "team-key");
        bench.secrets.put("team-key", "sk-ant-of-the-team");

        invoke(hello(), Map.of());

        assertThat(bench.file("environment"))
                .contains("ANTHROPIC_API_KEY=sk-ant-of-the-team")
                .doesNotContain(KEY);
    }

    @Test
    void aSecretThatIsConfiguredAndMissingIsAnAuthenticationFailure() throws Exception {
        bench.properties.put("CLAUDE_API_KEY_SECRET", "team-key");

        AgentOutcome.Failed failed = (AgentOutcome.Failed) invoke(hello(), Map.of());

        assertThat(failed.failure()).isEqualTo(FailureClass.AUTHENTICATION);
        assertThat(failed.message()).contains("'team-key'");
        assertThat(folder.resolve("launches")).doesNotExist();
    }

    @Test
    void aKeyIsLookedUpAtEveryLaunch() throws Exception {
        ClaudeAgent agent = hello().build(bench);
        bench.invoke(agent, Map.of());
        bench.secrets.put("ANTHROPIC_API_KEY", "sk-ant-rotated");

        bench.invoke(agent, Map.of());

        assertThat(bench.file("environment")).contains("ANTHROPIC_API_KEY=sk-ant-rotated");
    }

    @Test
    void withoutAKeyATokenOrALogInIsUsed() throws Exception {
        bench.secrets.clear();
        bench.secrets.put("CLAUDE_CODE_OAUTH_TOKEN", "token-1234567");

        invoke(hello(), Map.of());
        assertThat(bench.file("environment"))
                .contains("CLAUDE_CODE_OAUTH_TOKEN=token-1234567")
                .doesNotContain("ANTHROPIC_API_KEY");

        bench.secrets.clear();
        assertThat(invoke(hello(), Map.of())).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(bench.file("environment")).doesNotContain("ANTHROPIC_API_KEY", "TOKEN");
    }

    @Test
    void aClientThatLingersAfterItsResultHasFinishedAndIsEnded() throws Exception {
        String script =
                "cat '" + Recordings.stdout("bash-timeout") + "'; echo $$ > '" + folder + "/pid'; exec sleep 600";
        long start = System.nanoTime();

        AgentOutcome outcome = invoke(bench.agent(script).linger(Duration.ofMillis(300)), Map.of());

        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(outcome.usage().usage()).isEqualTo(new Usage(200, 20, 0, 0));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    /** Valid JSON, but no client prints an answer of that length. */
    @Test
    void aLineOfAHundredMegabytesIsSkipped() throws Exception {
        String script = """
                printf '{"type":"assistant","message":{"content":[{"type":"text","text":"'
                tr '\\0' x < /dev/zero | head -c 100000000
                printf '"}]}}\\n'
                """ + Workbench.replay("hello-stream-json");

        AgentOutcome outcome = invoke(bench.agent(script), Map.of());

        assertThat(((AgentOutcome.Finished) outcome).result()).isEqualTo("Hello from the fake model.");
        assertThat(bench.heard.texts).containsExactly("Hello from the fake model.\n");
    }

    @Test
    void aFreshSessionIsNotResumed() throws Exception {
        ClaudeAgent agent = hello().build(bench);
        bench.invoke(agent, Map.of());
        bench.invoke(agent, Map.of());

        assertThat(bench.arguments()).doesNotContain("--resume").contains("--no-session-persistence");
    }

    @Test
    void aSessionThatIsResumedIsChargedForWhatIsNew() throws Exception {
        ClaudeAgent agent = byLaunch("stream-session-1", "stream-session-2-resume");

        AgentOutcome first = bench.invoke(agent, Map.of("resumeSession", true));
        assertThat(bench.arguments()).doesNotContain("--resume", "--no-session-persistence");
        AgentOutcome second = bench.invoke(agent, Map.of("resumeSession", true));

        assertThat(bench.arguments()).containsSubsequence("--resume", "11111111-2222-4333-8444-555555555555");
        UsageReport one = new UsageReport(new Usage(100, 10, 0, 0), Cost.estimated(new BigDecimal("0.0006")));
        assertThat(first.usage()).isEqualTo(one);
        assertThat(second.usage()).isEqualTo(one);
    }

    @Test
    void aSessionTheClientDoesNotKnowIsBegunAfresh() throws Exception {
        ClaudeAgent agent = byLaunch("stream-session-1", "stream-resume-missing", "hello-stream-json");
        bench.invoke(agent, Map.of("resumeSession", true));

        AgentOutcome outcome = bench.invoke(agent, Map.of("resumeSession", true));

        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(outcome.usage().usage()).isEqualTo(new Usage(1000, 50, 200, 300));
        assertThat(bench.file("launches").lines()).hasSize(3);
        assertThat(bench.arguments()).doesNotContain("--resume");
    }

    @Test
    void aSessionThatFailedIsNotResumed() throws Exception {
        ClaudeAgent agent = byLaunch("stream-prompt-too-long", "hello-stream-json");
        bench.invoke(agent, Map.of("resumeSession", true));

        bench.invoke(agent, Map.of("resumeSession", true));

        assertThat(bench.arguments()).doesNotContain("--resume");
    }

    @Test
    void aSessionGoesOnAfterARateLimit() throws Exception {
        ClaudeAgent agent = byLaunch("stream-429", "hello-stream-json");
        bench.invoke(agent, Map.of("resumeSession", true));

        bench.invoke(agent, Map.of("resumeSession", true));

        assertThat(bench.arguments()).contains("--resume");
    }

    @Test
    void theProbeSaysReadyAndTheVersion() throws Exception {
        assertThat(hello().build(bench).probe()).isEqualTo(AgentProbe.ready("2.1.330"));
    }

    @Test
    void anotherVersionIsReadyWithARemark() throws Exception {
        AgentProbe probe = probeOf("echo '2.2.0 (Claude Code)'");

        assertThat(probe.ready()).isTrue();
        assertThat(probe.version()).isEqualTo("2.2.0");
        assertThat(probe.problem()).contains("2.1.330");
    }

    @Test
    void aClientThatTellsNoVersionIsNotReady() throws Exception {
        AgentProbe probe = probeOf("echo 'command not understood'");

        assertThat(probe.ready()).isFalse();
        assertThat(probe.problem()).contains("--version does not print a version");
        assertThat(probe.fix()).isNotBlank();
    }

    @Test
    void aClientThatIsMissingIsNotReadyAndTheFixIsTheInstallation() {
        bench.properties.put("RALPH_CLAUDE_COMMAND", "/no/such/claude");

        AgentProbe probe = new ClaudeAgentProvider().create(bench).probe();

        assertThat(probe.ready()).isFalse();
        assertThat(probe.problem()).contains("/no/such/claude");
        assertThat(probe.fix()).contains("npm install -g @anthropic-ai/claude-code@2.1.330", "RALPH_CLAUDE_COMMAND");
    }

    @Test
    void withoutCredentialsItIsNotReadyAndTheFixNamesThem() throws Exception {
        bench.secrets.clear();
        Path home = Files.createDirectories(folder.resolve("home"));
        ClaudeAgent agent = hello().variable("HOME", home.toString()).build(bench);

        AgentProbe probe = agent.probe();
        assertThat(probe.ready()).isFalse();
        assertThat(probe.version()).isEqualTo("2.1.330");
        assertThat(probe.problem()).contains("'ANTHROPIC_API_KEY'");
        assertThat(probe.fix()).contains("ANTHROPIC_API_KEY", "CLAUDE_API_KEY_SECRET");

        Files.createDirectories(home.resolve(".claude"));
        Files.writeString(home.resolve(".claude/.credentials.json"), "{}");
        assertThat(agent.probe().ready()).isTrue();
    }

    @Test
    void aConfiguredSecretThatIsMissingIsNotReady() throws Exception {
        AgentProbe probe = hello().apiKeySecret("team-key").build(bench).probe();

        assertThat(probe.ready()).isFalse();
        assertThat(probe.problem()).contains("'team-key'");
    }

    private AgentProbe probeOf(String script) throws Exception {
        Path program = bench.client("exit 0");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        return ClaudeAgent.builder("claude")
                .command(program.toString())
                .build(bench)
                .probe();
    }

    /** Prints one recording after the other, one a launch. */
    private ClaudeAgent byLaunch(String... recordings) throws Exception {
        StringBuilder script = new StringBuilder("case $(wc -l < '" + folder + "/launches') in\n");
        for (int i = 0; i < recordings.length; i++) {
            script.append("*")
                    .append(i + 1)
                    .append(") ")
                    .append(Workbench.replay(recordings[i]))
                    .append(";;\n");
        }
        return bench.agent(script.append("esac").toString()).build(bench);
    }

    private ClaudeAgentBuilder hello() throws Exception {
        return bench.agent(Workbench.replay("hello-stream-json"));
    }

    private AgentOutcome invoke(ClaudeAgentBuilder builder, Map<String, Object> settings) throws Exception {
        return bench.invoke(builder.build(bench), settings);
    }
}
