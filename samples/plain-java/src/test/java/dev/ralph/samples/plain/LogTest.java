/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ralph.samples.plain.log.SentryServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the program in processes of its own. */
@Tag("integration")
class LogTest {

    private static final String TOKEN = "ghp_" + "a1B2".repeat(9);
    private static final String KEY = "sk-very-secret-0123456789";
    private static final String FORGED = "12:00:00 ERROR Login: root logged in";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        ralph = new RalphProcess.Setup(folder);
    }

    @Test
    void eachLineIsAnObjectWithItsRunIterationAndAgent() throws Exception {
        ralph.with("LOG_FORMAT", "json");

        var end = run("[ \"$1\" -lt 2 ] || echo LOOP_COMPLETE", "--gate", "true");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("COMPLETED").doesNotContain("loggerName");
        String id = end.out().split("\\s+", -1)[1];
        List<JsonNode> lines = parse(end.err());
        List<JsonNode> steps = lines.stream()
                .filter(line -> line.get("loggerName").asText().equals("dev.ralph.steps"))
                .toList();
        assertThat(steps)
                .allSatisfy(
                        line -> assertThat(line.at("/mdc/ralph.run").asText()).isEqualTo(id));
        assertThat(steps)
                .extracting(line -> line.get("message").asText())
                .anyMatch(text -> text.contains("STARTED"))
                .anyMatch(text -> text.contains("SETTLED"))
                .anyMatch(text -> text.contains("VERIFIED"))
                .anyMatch(text -> text.contains("ended, COMPLETED"));
        assertThat(steps)
                .filteredOn(line -> line.get("message").asText().contains("iteration 2"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.at("/mdc/ralph.iteration").asText()).isEqualTo("2");
                    assertThat(line.at("/mdc/ralph.agent").asText()).isEqualTo("command");
                });
    }

    @Test
    void withoutAWordAboutTheLogNothingIsLoggedWhereAllIsWell() throws Exception {
        var end = run("echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.err()).isEmpty();
    }

    @Test
    void anAgentAndAGateForgeNoLineAndShowNoSecret() throws Exception {
        ralph.with("RALPH_CANARY_KEY", KEY);
        String hostile = "printf '%s\\r\\n\\033[2J%s\\n%s\\n' \"$2\" \"$3\" '{\"level\":\"ERROR\"}'";
        String gate = "sh -c 'exit 1' '" + TOKEN + " " + KEY + "\n" + FORGED + "\u001B[2J'";
        for (String format : List.of("text", "json")) {
            ralph.with("LOG_FORMAT", format).with("LOG_LEVEL", "trace");

            var end = run(
                    hostile + " >&2; " + hostile + "; echo LOOP_COMPLETE; [ \"$1\" -lt 2 ] || exit 9",
                    "--gate",
                    gate,
                    "--max-iterations",
                    "3");

            assertThat(end.code()).as(end.all()).isNotZero();
            assertThat(end.err())
                    .contains("VERIFIED iteration 1: gate", "SETTLED iteration 2")
                    .doesNotContain(TOKEN, "a1B2a1B2", KEY, "\u001B", "\r");
            if (format.equals("json")) {
                assertThat(parse(end.err())).allMatch(line -> line.has("loggerName"));
            } else {
                assertThat(end.err().lines())
                        .allMatch(line ->
                                line.matches("\\d\\d:\\d\\d:\\d\\d (TRACE|DEBUG|INFO|WARN|ERROR) +\\S+: .*|\\s+at .*"
                                        + "|\\s+\\.\\.\\. \\d+ .*|Caused by: .*|\\S+(Exception|Error)(:.*)?"))
                        .noneMatch(line -> line.startsWith(FORGED));
            }
        }
    }

    @Test
    void aFileHasTheLogAndIsRotated() throws Exception {
        Path file = folder.resolve("logs/ralph.log");
        ralph.with("LOG_FILE", file.toString()).with("LOG_FILE_SIZE", "1KB").with("LOG_FORMAT", "json");

        var end = run("[ \"$1\" -lt 3 ] || echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.err()).isEmpty();
        assertThat(folder.resolve("logs/ralph.log.1")).exists();
        StringBuilder all = new StringBuilder();
        for (int old = 9; old >= 1; old--) {
            Path rotated = folder.resolve("logs/ralph.log." + old);
            all.append(Files.exists(rotated) ? Files.readString(rotated) : "");
        }
        assertThat(parse(all.append(Files.readString(file)).toString()))
                .extracting(line -> line.get("message").asText())
                .anyMatch(text -> text.contains("STARTED iteration 1"))
                .anyMatch(text -> text.contains("ended, COMPLETED"));
    }

    @Test
    void errorsAreReportedWithoutSecretsAndWithoutWhatLedToThem() throws Exception {
        try (SentryServer sentry = new SentryServer()) {
            ralph.with("SENTRY_DSN", sentry.dsn()).with("CANARY_PASSWORD", KEY).with("LOG_FORMAT", "json");

            try (RalphProcess process = ralph.startMain(FailingHost.class, "handed-out-by-a-source", TOKEN, KEY)) {
                var end = process.await();
                assertThat(end.code()).as(end.all()).isZero();
                assertThat(parse(end.err())).hasSize(2);
                assertThat(end.err()).doesNotContain("handed-out-by", TOKEN, KEY);
            }

            String sent = String.join("\n", sentry.envelopes());
            assertThat(sent)
                    .contains("it broke: [redacted] [redacted] [redacted]")
                    .contains("401 for [redacted]", "FailingHost", "a run")
                    .doesNotContain("handed-out-by", TOKEN, "a1B2a1B2", KEY, "what led to it");
        }
    }

    @Test
    void aSentryThatIsAwayChangesNothing() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        ralph.with("SENTRY_DSN", "http://0123456789abcdef@127.0.0.1:" + nobody + "/1");

        var end = run("echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.err()).isEmpty();
        try (RalphProcess process = ralph.startMain(FailingHost.class, "handed-out-by-a-source")) {
            assertThat(process.await().code()).isZero();
        }
    }

    @Test
    void whatCannotBeUsedIsSaidBeforeAnythingBegins() throws Exception {
        ralph.with("LOG_LEVEL", "loud");
        var loud = ralph.here("list");
        var help = ralph.here("list", "--help");
        ralph.with("LOG_LEVEL", "info").with("SENTRY_DSN", "0123456789abcdef");
        var dsn = run("echo LOOP_COMPLETE");

        assertThat(loud.code()).isEqualTo(2);
        assertThat(loud.err())
                .isEqualTo("ralph: LOG_LEVEL is 'loud', but must be error, warn, info, debug, trace or off"
                        + System.lineSeparator());
        assertThat(help.code()).isZero();
        assertThat(dsn.code()).isEqualTo(2);
        assertThat(dsn.out()).isEmpty();
        assertThat(dsn.err()).contains("ralph: SENTRY_DSN is no DSN").doesNotContain("0123456789abcdef");
    }

    private RalphProcess.Ended run(String script, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--prompt", "Do the task", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(
                List.of("--", "sh", repository.script("agent.sh", script), "{iteration}", TOKEN + " " + KEY, FORGED));
        return ralph.run(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> parse(String text) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
