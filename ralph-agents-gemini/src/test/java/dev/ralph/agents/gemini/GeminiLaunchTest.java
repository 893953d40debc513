/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static dev.ralph.agents.gemini.Bench.failed;
import static dev.ralph.agents.gemini.Bench.finished;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.agents.gemini.internal.GeminiPrompt;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client is given: arguments, environment, input, private settings. */
@Tag("linux")
class GeminiLaunchTest {

    private static final String RESULT = "printf '{\"type\":\"result\",\"status\":\"success\"}\\n'";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void itIsHeadlessAndEditsOnlyUnlessItIsTold() throws Exception {
        assertThat(arguments(GeminiAgent.builder("gemini"), Map.of()))
                .isEqualTo("--output-format stream-json --approval-mode auto_edit");
    }

    @Test
    void theHostChoosesModelAndModeAndARunAnother() throws Exception {
        GeminiAgentBuilder host =
                GeminiAgent.builder("gemini").settings(Map.of("model", "gemini-2.5-flash", "approvalMode", "default"));

        assertThat(arguments(host, Map.of()))
                .isEqualTo("--output-format stream-json --approval-mode default --model=gemini-2.5-flash");
        assertThat(arguments(host, Map.of("model", "gemini-2.5-pro", "approvalMode", "yolo")))
                .isEqualTo("--output-format stream-json --approval-mode yolo --model=gemini-2.5-pro");
    }

    @Test
    void configurationNamesProgramAndModel() throws Exception {
        Path program = bench.program("echo \"$@\" > arguments", RESULT);
        bench.property("RALPH_GEMINI_COMMAND", program.toString())
                .property("RALPH_GEMINI_MODEL", "gemini-3-flash-preview");

        finished(bench.invoke(GeminiAgent.builder("gemini")));

        assertThat(workspaceFile("arguments")).contains("--model=gemini-3-flash-preview");
    }

    @Test
    void settingsNobodyKnowsAndWrongOnesAreRefusedBeforeTheLaunch() throws Exception {
        assertRefused(
                Map.of("modle", "x"),
                "unknown settings [modle] for agent 'gemini'; there are [approvalMode, maxTurns, model]");
        assertRefused(
                Map.of("approvalMode", "YOLO"),
                "setting 'approvalMode' of agent 'gemini' must be default, auto_edit or yolo, but is YOLO");
        assertRefused(
                Map.of("maxTurns", 0L),
                "setting 'maxTurns' of agent 'gemini' must be a whole number from 1 to 10000, but is 0");
        assertRefused(
                Map.of("model", " "), "setting 'model' of agent 'gemini' must be a text that is not blank, but is  ");
    }

    private void assertRefused(Map<String, Object> settings, String message) throws Exception {
        AgentOutcome.Failed failed =
                failed(bench.invoke(bench.client("touch launched"), "work", settings, new Heard()));

        assertThat(failed.failure()).isEqualTo(FailureClass.INVALID_ARGUMENT);
        assertThat(failed.message()).isEqualTo(message.strip());
        assertThat(failed.usage()).isEqualTo(UsageReport.NOTHING);
        assertThat(bench.workspace().resolve("launched")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void aFileThatCouldSendTheKeyElsewhereIsRefusedBeforeTheLaunch(String where) throws Exception {
        Path folder = Files.createDirectories(
                bench.workspace().resolve(where).normalize().resolve(".gemini"));
        Path planted = Files.writeString(folder.resolve(".env"), "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:1\n");

        AgentOutcome.Failed failed = failed(bench.invoke(bench.client("touch launched", RESULT)));

        assertThat(failed.failure()).isEqualTo(FailureClass.INVALID_ARGUMENT);
        assertThat(failed.message()).contains(planted.toRealPath().toString());
        assertThat(bench.workspace().resolve("launched")).doesNotExist();
    }

    @Test
    void itsHomeIsPrivateAndGoneAfterwards() throws Exception {
        finished(bench.invoke(bench.client(
                "echo \"$GEMINI_CLI_HOME\" > home",
                "stat -c %a \"$GEMINI_CLI_HOME\" > mode",
                "cat \"$GEMINI_CLI_HOME/.gemini/settings.json\" > settings",
                "ls \"$GEMINI_CLI_HOME/.gemini\" > content",
                "mkdir -p \"$TMPDIR/deep/er\"; echo secret > \"$TMPDIR/deep/er/report.json\"; chmod 500 \"$TMPDIR/deep\"",
                "ln -s \"$PWD\" \"$GEMINI_CLI_HOME/.gemini/link\"",
                RESULT)));

        Path home = Path.of(workspaceFile("home").strip());
        assertThat(home).doesNotExist();
        assertThat(workspaceFile("mode").strip()).isEqualTo("700");
        assertThat(workspaceFile("content").lines()).containsExactly("commands", "settings.json");
        assertThat(workspaceFile("settings"))
                .contains("\"selectedType\": \"gemini-api-key\"")
                .contains("\"usageStatisticsEnabled\": false")
                .contains("\"enableAutoUpdate\": false")
                .contains("\"maxAttempts\": 2")
                .contains("\"maxSessionTurns\": 100")
                .contains("\"environmentVariableRedaction\": {\"enabled\": true}");
        assertThat(bench.workspace().resolve("home"))
                .as("what a link leads to stays")
                .exists();
    }

    @Test
    void turnsAndAttemptsAreInItsSettings() throws Exception {
        GeminiAgentBuilder agent = bench.client("cat \"$GEMINI_CLI_HOME/.gemini/settings.json\" > settings", RESULT)
                .maxAttempts(1)
                .hideSecretsFromTools(false);

        finished(bench.invoke(agent, "work", Map.of("maxTurns", 7L), new Heard()));

        assertThat(workspaceFile("settings"))
                .contains("\"maxAttempts\": 1", "\"maxSessionTurns\": 7")
                .contains("\"environmentVariableRedaction\": {\"enabled\": false}");
    }

    @Test
    void theTraceContextOfTheAttemptIsInItsEnvironment() throws Exception {
        GeminiAgent agent = bench.client("env > environment", RESULT).build(bench.context());
        AgentInvocation plain = bench.invocation("work", Map.of());

        finished(agent.invoke(
                new AgentInvocation(
                        plain.run(),
                        1,
                        1,
                        plain.prompt(),
                        plain.workspace(),
                        plain.allowance(),
                        Map.of(),
                        Map.of("TRACEPARENT", "00-aa-bb-01", "TRACESTATE", "vendor=1")),
                new Heard()));

        assertThat(workspaceFile("environment").lines()).contains("TRACEPARENT=00-aa-bb-01", "TRACESTATE=vendor=1");
        assertThat(agent.modelProvider()).isEqualTo("gcp.gemini");
    }

    @Test
    void itsEnvironmentIsTheAllowListAndItsOwn() throws Exception {
        finished(bench.invoke(bench.client("env > environment", RESULT)
                .baseUrl("http://127.0.0.1:1")
                .variable("MINE", "1")));

        assertThat(workspaceFile("environment").lines().map(line -> line.substring(0, line.indexOf('='))))
                .contains("PATH", "GEMINI_API_KEY", "GEMINI_CLI_HOME", "TMPDIR", "MINE", "GOOGLE_GEMINI_BASE_URL")
                .contains("GEMINI_CLI_TRUST_WORKSPACE", "GEMINI_CLI_NO_RELAUNCH")
                .isSubsetOf(
                        "PATH",
                        "HOME",
                        "USER",
                        "LANG",
                        "TZ",
                        "TERM",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "_",
                        "RALPH_PROCESS",
                        "GEMINI_API_KEY",
                        "GEMINI_CLI_HOME",
                        "TMPDIR",
                        "MINE",
                        "GOOGLE_GEMINI_BASE_URL",
                        "NO_COLOR",
                        "GEMINI_CLI_TRUST_WORKSPACE",
                        "GEMINI_CLI_NO_RELAUNCH",
                        "LC_ALL",
                        "LC_CTYPE",
                        "SSL_CERT_FILE",
                        "SSL_CERT_DIR",
                        "HTTP_PROXY",
                        "HTTPS_PROXY",
                        "NO_PROXY",
                        "http_proxy",
                        "https_proxy",
                        "no_proxy",
                        "NODE_EXTRA_CA_CERTS");
    }

    @Test
    void theSecretIsLookedUpByTheNameThatIsConfigured() throws Exception {
        bench.property("GEMINI_API_KEY_SECRET", "team-key").secret("team-key", "the-team-key");

        finished(bench.invoke(bench.client("echo \"$GEMINI_API_KEY\" > key", RESULT)));

        assertThat(workspaceFile("key").strip()).isEqualTo("the-team-key");
    }

    @Test
    void withoutTheSecretItIsNotLaunched() throws Exception {
        AgentOutcome.Failed failed = failed(bench.withoutSecret().invoke(bench.client("touch launched")));

        assertThat(failed.failure()).isEqualTo(FailureClass.AUTHENTICATION);
        assertThat(failed.message()).contains("'GEMINI_API_KEY'", "set it");
        assertThat(bench.workspace().resolve("launched")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Make the tests pass", " \n/exit", "-p --help", "a \\ b {{args}} !{ls}", "x\r\ny\n\n"})
    void aPromptIsGivenAsItIs(String prompt) throws Exception {
        assertThat(input(prompt)).isEqualTo(prompt);
    }

    @ParameterizedTest
    @CsvSource({"/exit", "//", "/*", "@src", "see @/etc/passwd", "mail a@b.c"})
    void aPromptTheClientWouldReadCommandsOrPathsInIsTheArgumentOfACommandThatPassesItOn(String prompt)
            throws Exception {
        assertThat(input(prompt)).isEqualTo("/ralph-prompt\n" + prompt);
        assertThat(workspaceFile("command"))
                .as("a template with nothing the client would replace")
                .contains("prompt = \"")
                .doesNotContain("{");
    }

    private String input(String prompt) throws Exception {
        finished(bench.invoke(
                bench.client(
                        "cat > input", "cat \"$GEMINI_CLI_HOME/.gemini/commands/ralph-prompt.toml\" > command", RESULT),
                prompt,
                Map.of(),
                new Heard()));
        return workspaceFile("input");
    }

    @Test
    void aPromptLongerThanTheClientReadsIsRejectedBeforeTheLaunch() throws Exception {
        String most = "x".repeat(GeminiPrompt.MAX_BYTES - 2) + "ü";

        finished(bench.invoke(bench.client("cat > /dev/null", RESULT), most, Map.of(), new Heard()));
        AgentOutcome.Failed failed =
                failed(bench.invoke(bench.client("touch launched"), most + "x", Map.of(), new Heard()));

        assertThat(failed.failure()).isEqualTo(FailureClass.PROMPT_REJECTED);
        assertThat(failed.message()).contains("8388608 bytes");
        assertThat(bench.workspace().resolve("launched")).doesNotExist();
    }

    @Test
    void aClientThatStaysAfterItsResultIsEndedAndHasFinished() throws Exception {
        long start = System.nanoTime();

        AgentOutcome outcome = bench.invoke(bench.client(
                        "printf '{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"LOOP_COMPLETE\",\"delta\":true}\\n'",
                        RESULT,
                        "sleep 1000 & wait")
                .linger(Duration.ofMillis(200)));

        assertThat(finished(outcome).result()).isEqualTo("LOOP_COMPLETE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void itsOwnEndWithoutAResultIsNoSuccess() throws Exception {
        AgentOutcome.Failed failed = failed(bench.invoke(bench.client(
                "printf '{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"LOOP_COMPLETE\"}\\n'")));

        assertThat(failed.failure()).isEqualTo(FailureClass.CRASHED);
        assertThat(failed.usage()).isEqualTo(UsageReport.UNKNOWN);
    }

    private String arguments(GeminiAgentBuilder agent, Map<String, Object> settings) throws Exception {
        Path program = bench.program("echo \"$@\" > arguments", RESULT);
        finished(bench.invoke(agent.command(program.toString()), "work", settings, new Heard()));
        return workspaceFile("arguments").strip();
    }

    private String workspaceFile(String name) throws Exception {
        return Files.readString(bench.workspace().resolve(name));
    }
}
