/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.Usage;
import dev.ralph.agent.CommandAgentConfig.JsonResult;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandAgentTest {

    private static final JsonResult POINTERS = new JsonResult(
            "/result", "/is_error", "/usage/in", "/usage/out", "/usage/read", "/usage/write", "/cost", CostKind.BILLED);
    private static final String GOOD = "{\"result\":\"all\\nLOOP_COMPLETE\",\"is_error\":false,\"cost\":0.25,"
            + "\"usage\":{\"in\":1,\"out\":2,\"read\":3,\"write\":4}}";

    private final ProcessLauncher processes = ProcessLauncher.create();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        processes.close();
    }

    @Test
    void theResultIsTheEndOfStandardOutputAndNothingIsSaidOfUsage() throws Exception {
        AgentOutcome outcome = shell("echo one; echo oops >&2; echo two");

        assertThat(outcome).isEqualTo(new AgentOutcome.Finished("one\ntwo", false, UsageReport.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "1, AGENT_ERROR",
        "75, RATE_LIMITED",
        "41, AUTHENTICATION",
        "126, NOT_INSTALLED",
        "127, NOT_INSTALLED",
        "130, OVERLOADED",
        "143, CRASHED"
    })
    void exitCodesAreMapped(int code, FailureClass expected) throws Exception {
        AgentOutcome outcome = invoke(agent("sh", "-c", "echo 'the reason' >&2; exit " + code)
                .exitCode(75, FailureClass.RATE_LIMITED)
                .exitCode(41, FailureClass.AUTHENTICATION)
                .exitCode(130, FailureClass.OVERLOADED));

        AgentOutcome.Failed failed = failed(outcome);
        assertThat(failed.failure()).isEqualTo(expected);
        assertThat(failed.message()).contains("exit code " + code).endsWith("the reason");
    }

    @Test
    @Tag("linux")
    void anAgentThatIsKilledHasCrashed() throws Exception {
        assertThat(failed(shell("kill -9 $$")).failure()).isEqualTo(FailureClass.CRASHED);
    }

    @Test
    void aProgramThatIsMissingOrCannotRunIsNotInstalledAndCostsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "no program");
        for (String program : List.of("no-such-program", file.toString())) {
            AgentOutcome.Failed failed = failed(invoke(agent(program)));
            assertThat(failed.failure()).isEqualTo(FailureClass.NOT_INSTALLED);
            assertThat(failed.message()).contains(program);
            assertThat(failed.usage()).isEqualTo(UsageReport.NOTHING);
        }
    }

    @Test
    void jsonIsReadFromTheLastLineThatIsAnObject() throws Exception {
        String stream = "echo 'starting'; echo '{\"type\":\"start\",\"result\":\"no\"}'; printf '%s\\n' '" + GOOD
                + "'; echo done";

        AgentOutcome outcome = invoke(agent("sh", "-c", stream).json(POINTERS));

        assertThat(outcome)
                .isEqualTo(new AgentOutcome.Finished(
                        "all\nLOOP_COMPLETE",
                        false,
                        new UsageReport(new Usage(1, 2, 3, 4), Cost.billed(new BigDecimal("0.25")))));
    }

    @Test
    void jsonMayBeOneDocumentOverManyLines() throws Exception {
        String pretty = """
                {
                  "result": "fine",
                  "steps": [
                    {"result": "inner"}
                  ]
                }
                """;

        AgentOutcome outcome =
                invoke(agent("sh", "-c", "printf '%s' '" + pretty + "'").json(JsonResult.of("/result")));

        assertThat(outcome).isEqualTo(new AgentOutcome.Finished("fine", false, UsageReport.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"in\":-1 | \"in\":1 | -0.01",
                "\"in\":1.5 | \"in\":1 | NaN",
                "\"in\":\"7\" | \"in\":1 | \"free\"",
                "\"in\":null | \"in\":1 | null",
                "\"other\":1 | \"in\":1 | Infinity",
                "\"in\":99999999999999999999 | \"in\":1 | 1e999"
            })
    void figuresThatCannotBeAreUnknown(String badTokens, String tokens, String badCost) throws Exception {
        String badUsage = GOOD.replace("\"in\":1", badTokens.strip());
        String badMoney = GOOD.replace("0.25", badCost.strip()).replace("\"in\":1", tokens.strip());

        AgentOutcome noTokens = invoke(agent("echo", badUsage).json(POINTERS));
        AgentOutcome noCost = invoke(agent("echo", badMoney).json(POINTERS));

        assertThat(noTokens.usage()).isEqualTo(new UsageReport(null, Cost.billed(new BigDecimal("0.25"))));
        assertThat(noCost.usage()).isEqualTo(new UsageReport(new Usage(1, 2, 3, 4), Cost.UNKNOWN));
        assertThat(noCost).isInstanceOf(AgentOutcome.Finished.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[1]",
                "{\"result\":",
                "{\"result\":7}",
                "{}",
                "{\"result\":\"first\"}\n{\"result\":\"sec"
            })
    void outputThatIsNotTheJsonThatWasPromisedIsAnError(String output) throws Exception {
        AgentOutcome outcome = invoke(agent("printf", "%s", output).json(POINTERS));

        assertThat(failed(outcome).failure()).isEqualTo(FailureClass.AGENT_ERROR);
    }

    @Test
    void anErrorThatJsonTellsIsAFailureAlthoughTheExitCodeIsZero() throws Exception {
        AgentOutcome outcome = invoke(agent("echo", GOOD.replace("\"is_error\":false", "\"is_error\":true"))
                .json(POINTERS));

        assertThat(failed(outcome).message()).contains("reports an error");
        assertThat(outcome.usage().cost()).isEqualTo(Cost.billed(new BigDecimal("0.25")));
    }

    @Test
    void usageIsReadAlsoWhenTheProgramFails() throws Exception {
        AgentOutcome outcome =
                invoke(agent("sh", "-c", "printf '%s' '" + GOOD + "'; exit 3").json(POINTERS));

        assertThat(failed(outcome).usage().usage()).isEqualTo(new Usage(1, 2, 3, 4));
    }

    @Test
    void pointersAndExitCodesThatCannotBeAreRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JsonResult.of("result"))
                .withMessageContaining("'result'")
                .withMessageContaining("/");
        for (int code : new int[] {0, -1, 256}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() ->
                            agent("true").exitCode(code, FailureClass.TIMEOUT).build())
                    .withMessageContaining(Integer.toString(code));
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> CommandAgent.builder("x").build());
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> CommandAgent.builder("a b"));
    }

    @Test
    void thePromptIsOnStandardInputWhichThenEnds() throws Exception {
        String prompt = "Käse 🧀 " + "x".repeat(300_000) + "\nno newline at the end";

        AgentOutcome.Finished outcome = finished(invoke(agent("sh", "-c", "wc -c; cat; echo end"), prompt));

        int bytes = prompt.getBytes(StandardCharsets.UTF_8).length;
        assertThat(outcome.result().strip()).startsWith(Integer.toString(bytes)).endsWith("end");
    }

    @Test
    @Tag("linux")
    void placeholdersAreReplacedOnceAndNoShellReadsThem() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("{run} $(touch pwned) {attempt}"));
        AgentInvocation invocation = invocation(workspace, "p", Map.of());

        AgentOutcome outcome = agent("printf", "%s\n", "{workspace}", "r={run}", "{iteration}.{attempt}", "{other}")
                .build(context(Map.of()))
                .invoke(invocation, new Silence());

        assertThat(finished(outcome).result().lines())
                .containsExactly(workspace.toString(), "r=" + invocation.run(), "3.2", "{other}");
        assertThat(workspace.resolve("pwned")).doesNotExist();
    }

    @Test
    @Tag("linux")
    void aPromptFileIsPrivateAndGoneAfterwards() throws Exception {
        String script = "stat -c '%A' \"$1\"; cat \"$1\"; echo; echo \"$1\"; wc -c";

        List<String> lines = finished(invoke(agent("sh", "-c", script, "sh", "{promptFile}"), "the prompt"))
                .result()
                .lines()
                .toList();

        assertThat(lines.get(0))
                .isEqualTo("-" + PosixFilePermissions.toString(PosixFilePermissions.fromString("rw-------")));
        assertThat(lines.get(1)).isEqualTo("the prompt");
        assertThat(Path.of(lines.get(2))).doesNotExist();
        assertThat(Path.of(lines.get(2)).getParent()).isEqualTo(processes.privateFolder());
        assertThat(lines.get(3).strip()).isEqualTo("0");
    }

    @Test
    void theEnvironmentIsClearedButForWhatIsAllowed() throws Exception {
        String own = System.getenv().keySet().stream()
                .filter(name -> !CommandAgentConfig.DEFAULT_ENVIRONMENT.contains(name))
                .filter(name -> !name.startsWith("LC_") && name.matches("[A-Z][A-Z0-9_]+"))
                .filter(name -> !List.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
                .findFirst()
                .orElse("NOTHING_ELSE");

        String variables =
                finished(invoke(agent("env").variable("GIVEN", "a=b\"c"))).result();
        String inherited = finished(invoke(agent("env").inherit(own))).result();

        assertThat(variables.lines()).contains("GIVEN=a=b\"c").noneMatch(line -> line.startsWith(own + "="));
        assertThat(variables
                        .lines()
                        .filter(line -> line.contains("="))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .isSubsetOf(allowed());
        assertThat(inherited.lines().anyMatch(line -> line.startsWith(own + "=")))
                .isEqualTo(System.getenv(own) != null);
    }

    @Test
    void aSecretIsGivenInTheEnvironmentAndOneThatIsMissingIsAClearFailure() throws Exception {
        CommandAgentBuilder builder =
                agent("sh", "-c", "echo \"$KEY\" >&2; exit 4").secret("KEY", "api-key");

        AgentOutcome.Failed known = failed(builder.build(context(Map.of("api-key", "s3cret-value")))
                .invoke(invocation(folder, "p", Map.of()), new Silence()));
        AgentOutcome.Failed missing =
                failed(builder.build(context(Map.of())).invoke(invocation(folder, "p", Map.of()), new Silence()));

        assertThat(known.message()).contains("[redacted]").doesNotContain("s3cret-value");
        assertThat(missing.failure()).isEqualTo(FailureClass.AUTHENTICATION);
        assertThat(missing.message()).contains("'api-key'", "set it");
        assertThat(missing.usage()).isEqualTo(UsageReport.NOTHING);
    }

    @Test
    void aSecretThatIsReplacedWhileTheAgentWorksIsStillMasked() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        ProviderContext rotating = context(name -> "value-" + lookUps.incrementAndGet());

        AgentOutcome.Failed failed = failed(agent("sh", "-c", "echo \"$KEY\" >&2; exit 4")
                .secret("KEY", "api-key")
                .build(rotating)
                .invoke(invocation(folder, "p", Map.of()), new Silence()));

        assertThat(failed.message()).contains("[redacted]").doesNotContain("value-");
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void settingsAreRefusedByAnAgentThatItsHostHasSetUp() throws Exception {
        AgentOutcome outcome = agent("true")
                .build(context(Map.of()))
                .invoke(invocation(folder, "p", Map.of("command", List.of("rm", "-rf", "/"))), new Silence());

        assertThat(failed(outcome).failure()).isEqualTo(FailureClass.INVALID_ARGUMENT);
        assertThat(failed(outcome).message()).contains("command");
    }

    @Test
    void theAgentWithoutACommandTakesItFromTheRun() throws Exception {
        CommandAgent agent = new CommandAgentProvider().create(context(Map.of()));

        assertThat(finished(agent.invoke(
                                invocation(folder, "p", Map.of("command", List.of("echo", "hello"))), new Silence()))
                        .result())
                .isEqualTo("hello");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("command", "echo hello"),
                Map.of("command", List.of()),
                Map.of("command", List.of("echo"), "comand", true))) {
            AgentOutcome.Failed failed = failed(agent.invoke(invocation(folder, "p", wrong), new Silence()));
            assertThat(failed.failure()).isEqualTo(FailureClass.INVALID_ARGUMENT);
            assertThat(failed.message()).containsAnyOf("command", "comand");
        }
    }

    @Test
    void theProbeTellsTheVersionOrWhatIsMissing() {
        AgentProbe ready = agent("sh")
                .versionCommand("sh", "-c", "echo 1.2.3; echo more")
                .build(context(Map.of()))
                .probe();
        AgentProbe unversioned = agent("sh").build(context(Map.of())).probe();
        AgentProbe missing = agent("no-such-program").build(context(Map.of())).probe();
        AgentProbe locked =
                agent("sh").secret("KEY", "api-key").build(context(Map.of())).probe();
        AgentProbe plain = new CommandAgentProvider().create(context(Map.of())).probe();

        assertThat(ready).isEqualTo(AgentProbe.ready("1.2.3"));
        assertThat(unversioned).isEqualTo(AgentProbe.ready(null));
        assertThat(missing.ready()).isFalse();
        assertThat(missing.problem()).contains("no-such-program");
        assertThat(locked.ready()).isFalse();
        assertThat(locked.problem()).contains("api-key");
        assertThat(plain.ready()).isFalse();
        assertThat(plain.fix()).contains("'command'");
    }

    @Test
    void valuesOfVariablesAreInNoDescription() {
        CommandAgentConfig config = new CommandAgentConfig(
                List.of("tool", "--flag"),
                null,
                List.of(),
                Map.of("TOKEN", "s3cret-value"),
                Map.of(),
                Map.of(),
                null,
                Duration.ZERO);

        assertThat(config.toString()).contains("tool", "TOKEN").doesNotContain("s3cret-value");
    }

    private static List<String> allowed() {
        List<String> names = new ArrayList<>(System.getenv().keySet());
        names.removeIf(name -> !CommandAgentConfig.DEFAULT_ENVIRONMENT.contains(name) && !name.startsWith("LC_"));
        names.addAll(List.of("GIVEN", "PWD", "OLDPWD", "SHLVL", "_", "RALPH_PROCESS"));
        return names;
    }

    private static CommandAgentBuilder agent(String... command) {
        return CommandAgent.builder("tested").command(command).grace(Duration.ofMillis(200));
    }

    private AgentOutcome shell(String script) throws InterruptedException {
        return invoke(agent("sh", "-c", script));
    }

    private AgentOutcome invoke(CommandAgentBuilder agent) throws InterruptedException {
        return invoke(agent, "the prompt");
    }

    private AgentOutcome invoke(CommandAgentBuilder agent, String prompt) throws InterruptedException {
        return agent.build(context(Map.of())).invoke(invocation(folder, prompt, Map.of()), new Silence());
    }

    private static AgentInvocation invocation(Path workspace, String prompt, Map<String, Object> settings) {
        Duration bound = Duration.ofSeconds(30);
        return new AgentInvocation(
                RunId.create(Instant.now()),
                3,
                2,
                prompt,
                workspace,
                new Allowance(null, null, bound, bound),
                settings);
    }

    private static AgentOutcome.Failed failed(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOf(AgentOutcome.Failed.class);
        return (AgentOutcome.Failed) outcome;
    }

    private static AgentOutcome.Finished finished(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        return (AgentOutcome.Finished) outcome;
    }

    private ProviderContext context(Map<String, String> secrets) {
        return context(secrets::get);
    }

    private ProviderContext context(Function<String, @Nullable String> secrets) {
        return new ProviderContext() {
            @Override
            public Optional<String> property(String name) {
                return Optional.empty();
            }

            @Override
            public SecretSource secrets() {
                return name -> Optional.ofNullable(secrets.apply(name)).map(value -> new Secret(name, value));
            }

            @Override
            public ProcessLauncher processes() {
                return processes;
            }

            @Override
            public InstantSource clock() {
                return InstantSource.system();
            }
        };
    }

    private static final class Silence implements AgentListener {

        @Override
        public void text(String text) {}

        @Override
        public void toolCalled(String tool, String summary) {}

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {}

        @Override
        public void usage(UsageReport report) {}
    }
}
