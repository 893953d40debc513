/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.CostKind;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whole runs, with a program that prints what the client prints. */
class ClaudeRunTest {

    private static final String KEY = "sk-ant-canary-0f83c2d917";

    private static final String USED = "\"total_cost_usd\":0.3,\"modelUsage\":{\"m\":{\"inputTokens\":10,"
            + "\"outputTokens\":5,\"cacheReadInputTokens\":0,\"cacheCreationInputTokens\":0,\"costUSD\":0.3}}";

    @TempDir
    Path folder;

    private Workbench bench;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
        log.start();
        root.addAppender(log);
        ((Logger) LoggerFactory.getLogger("dev.ralph")).setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        ((Logger) LoggerFactory.getLogger("dev.ralph")).setLevel(null);
        bench.close();
    }

    /** The key is in a mounted folder, its name in a property; the agent prints it wherever it can. */
    @Test
    void aKeyTheAgentPrintsIsInNoEventRecordLogOrMessage() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("claude-key"), KEY + "\n");
        String script = """
                key=$ANTHROPIC_API_KEY
                printf '{"type":"assistant","message":{"id":"a","content":[{"type":"text","text":"my key is %s"},{"type":"tool_use","id":"t","name":"Bash","input":{"command":"echo %s"}}],"usage":{"input_tokens":1,"output_tokens":1}}}\\n' "$key" "$key"
                printf '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","is_error":true,"content":"%s"}]}}\\n' "$key"
                echo "not json $key"; echo "error $key" >&2
                if [ "$(wc -l < LAUNCHES)" -gt 1 ]; then
                    printf '{"type":"result","is_error":false,"result":"%s\\\\nLOOP_COMPLETE","session_id":"%s"}\\n' "$key" "$key"
                else
                    printf '{"type":"result","is_error":true,"result":"bad key %s"}\\n' "$key"; exit 1
                fi
                """.replace("LAUNCHES", "'" + folder + "/launches'");
        RunResult result;
        Run run;
        try (Orchestrator ralph = Orchestrator.builder()
                .property("RALPH_SECRETS_DIR", secrets.toString())
                .property("CLAUDE_API_KEY_SECRET", "claude-key")
                .property("RALPH_CLAUDE_COMMAND", bench.client(script).toString())
                .listener(events::add)
                .build()) {
            run = ralph.submit(spec(Limits.builder().maxIterations(5).build()));
            result = run.await();
            assertThat(bench.file("environment")).contains("ANTHROPIC_API_KEY=" + KEY);
            assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
            assertThat(records(run, result)).contains("[redacted]").doesNotContain(KEY);
            assertThat(ralph.agents().toString()).contains("2.1.330").doesNotContain(KEY);
        }
        assertThat(events).anyMatch(event -> event.toString().contains("my key is [redacted]"));
        assertThat(events).noneMatch(event -> event.toString().contains(KEY));
        assertThat(logged()).isNotEmpty().doesNotContain(KEY);
    }

    @Test
    @Tag("linux")
    void theKeyIsInTheArgumentsOfNoProcess() throws Exception {
        bench.secrets.put("ANTHROPIC_API_KEY", KEY);
        try (Orchestrator ralph = Orchestrator.builder()
                .secrets(bench.secrets())
                .agent(bench.agent("touch '" + folder + "/begun'; exec sleep 600")
                        .build())
                .build()) {
            Run run = ralph.submit(spec(Limits.builder().build()));
            Awaitility.await().until(() -> Files.exists(folder.resolve("begun")));

            List<String> commands = commandLines();

            assertThat(commands).anyMatch(command -> command.contains("sleep"));
            assertThat(commands).noneMatch(command -> command.contains(KEY));
            run.cancel();
            assertThat(run.await().reason()).isEqualTo(StopReason.CANCELLED);
        }
    }

    /** The client stops at its own budget, which is what is left of the run's: that is no failure of the agent. */
    @Test
    void aBudgetTheClientHitsEndsTheRunByItsCost() throws Exception {
        bench.secrets.put("ANTHROPIC_API_KEY", KEY);
        String script = """
                printf '{"type":"result","is_error":true,"subtype":"error_max_budget_usd","terminal_reason":"budget_exhausted","errors":["Reached maximum budget"],%s}\\n' '""" + USED + """
                '; exit 1""";
        try (Orchestrator ralph = Orchestrator.builder()
                .secrets(bench.secrets())
                .agent(bench.agent(script).build())
                .build()) {
            RunResult result = ralph.run(spec(Limits.builder().maxCost("0.3").build()));

            assertThat(result.reason()).isEqualTo(StopReason.MAX_COST);
            assertThat(bench.arguments()).containsSubsequence("--max-budget-usd", "0.3");
            assertThat(bench.file("launches").lines()).hasSize(1);
        }
    }

    /** What is left after the first iteration is the budget of the second. */
    @Test
    void theBudgetIsWhatIsLeftOfTheRuns() throws Exception {
        bench.secrets.put("ANTHROPIC_API_KEY", KEY);
        String script = "printf '{\"type\":\"result\",\"is_error\":false,\"result\":\"working\"," + USED + "}\\n'";
        try (Orchestrator ralph = Orchestrator.builder()
                .secrets(bench.secrets())
                .agent(bench.agent(script).build())
                .build()) {
            RunResult result = ralph.run(
                    spec(Limits.builder().maxCost("1.00").maxIterations(2).build()));

            assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(bench.arguments()).containsSubsequence("--max-budget-usd", "0.70");
            assertThat(result.toString())
                    .contains("0.6")
                    .contains(CostKind.ESTIMATED.name().toLowerCase(Locale.ROOT));
        }
    }

    private RunSpec spec(Limits limits) {
        return RunSpec.prompt("Make the tests pass")
                .workspace(bench.workspace)
                .limits(limits)
                .retry(RetryPolicy.DEFAULT
                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(1))
                        .withMaxConsecutiveFailures(2))
                .build();
    }

    private static String records(Run run, RunResult result) {
        StringBuilder all = new StringBuilder(result.toString()).append(run.snapshot());
        run.events(0, 1000).forEach(all::append);
        run.iterations(0, 1000).forEach(iteration -> all.append(iteration).append(run.attempts(iteration.iteration())));
        return all.toString();
    }

    private String logged() {
        StringBuilder logged = new StringBuilder();
        for (ILoggingEvent line : List.copyOf(log.list)) {
            logged.append(line.getFormattedMessage()).append('\n');
            for (var failure = line.getThrowableProxy(); failure != null; failure = failure.getCause()) {
                logged.append(failure.getMessage()).append('\n');
            }
        }
        return logged.toString();
    }

    private static List<String> commandLines() throws IOException {
        List<String> commands = new CopyOnWriteArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    commands.add(new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return commands;
    }
}
