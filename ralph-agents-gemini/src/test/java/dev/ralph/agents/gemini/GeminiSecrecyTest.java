/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunOutput;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.spi.Secret;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A key that the agent prints wherever it can is in no log, event, record or message, and in no process's arguments. */
@Tag("linux")
class GeminiSecrecyTest {

    private static final String ECHO = """
            message() { printf '{"type":"message","role":"assistant","content":"%s","delta":true}\\n' "$1"; }
            message "my key is $GEMINI_API_KEY"
            message "$(printf %s "$GEMINI_API_KEY" | cut -c 1-9)"
            message "$(printf %s "$GEMINI_API_KEY" | cut -c 10-)"
            printf '{"type":"tool_use","tool_name":"%s","tool_id":"1","parameters":{"command":"echo %s"}}\\n' "$GEMINI_API_KEY" "$GEMINI_API_KEY"
            printf '{"type":"tool_result","tool_id":"1","status":"error","output":"%s","error":{"message":"%s"}}\\n' "$GEMINI_API_KEY" "$GEMINI_API_KEY"
            printf '{"type":"error","severity":"error","message":"%s"}\\n' "$GEMINI_API_KEY"
            printf '%s\\n{"type":"%s","%s":1}\\n' "$GEMINI_API_KEY" "$GEMINI_API_KEY" "$GEMINI_API_KEY"
            echo "key $GEMINI_API_KEY" >&2
            cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' ' > arguments
            echo x >> count
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listenToEveryLogLine() {
        log.start();
        root.addAppender(log);
        ((Logger) LoggerFactory.getLogger("dev.ralph")).setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
        ((Logger) LoggerFactory.getLogger("dev.ralph")).setLevel(null);
    }

    @Test
    void inNoneOfItsEnds() throws Exception {
        String result = run("""
                case $(wc -l < count) in
                    1) exit 9 ;;
                    2) printf '{"type":"result","status":"error","error":{"type":"%s","message":"[API Error: %s]"}}\\n' x "$GEMINI_API_KEY"; exit 1 ;;
                esac
                message "$GEMINI_API_KEY\\nLOOP_COMPLETE"
                printf '{"type":"result","status":"success"}\\n'
                """);

        assertThat(result).contains("[redacted]");
        assertThat(events).anyMatch(event -> event.toString().contains("my key is [redacted]"));
        assertThat(Files.readAllLines(folder.resolve("w/count"))).as("attempts").hasSize(3);
    }

    @Test
    void inNoMessageOfAFailedRun() throws Exception {
        String result = run("exit 41");

        assertThat(result).contains("it could not authenticate (exit code 41): key [redacted]");
    }

    private String run(String end) throws Exception {
        Path program = new Bench(folder).program(ECHO + end);
        Path workspace = Files.createDirectories(folder.resolve("w"));
        String shown;
        String output;
        try (FileArtifactStore artifacts = new FileArtifactStore(folder.resolve("artifacts"));
                Orchestrator ralph = Orchestrator.builder()
                        .secrets(name -> Optional.of(new Secret("GEMINI_API_KEY", Bench.KEY))
                                .filter(key -> key.name().equals(name)))
                        .agent(GeminiAgent.builder("gemini")
                                .command(program.toString())
                                .build())
                        .artifacts(artifacts)
                        .listener(events::add)
                        .build()) {
            Run run = ralph.submit(RunSpec.prompt("work")
                    .workspace(workspace)
                    .agent("gemini")
                    .limits(Limits.builder().maxIterations(5).build())
                    .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(1)))
                    .build());
            RunResult result = run.await();
            shown = result + "\n" + run.snapshot() + "\n" + run.iterations(0, 10) + "\n" + run.events(0, 1000)
                    + run.attempts(1) + run.attempts(2) + "\n" + ralph.agents();
            output = output(run);
        }
        assertThat(Files.readString(workspace.resolve("arguments")))
                .as("the agent's arguments are among those of all processes")
                .contains("--output-format stream-json")
                .doesNotContain(Bench.KEY);
        assertThat(shown).doesNotContain(Bench.KEY);
        assertThat(events)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain(Bench.KEY));
        assertThat(spoken())
                .as("what it wrote in pieces")
                .doesNotContain(Bench.KEY)
                .contains("my key is [redacted]");
        assertThat(output)
                .as("what is kept of all it printed, and what that says in pieces")
                .doesNotContain(Bench.KEY)
                .contains("my key is [redacted]");
        assertThat(output.replace(
                        "\",\"delta\":true}\n{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"", ""))
                .doesNotContain(Bench.KEY)
                .contains("my key is [redacted][redacted][redacted]");
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.getFormattedMessage() + line.getThrowableProxy())
                        .doesNotContain(Bench.KEY));
        assertThat(arguments()).allSatisfy(line -> assertThat(line).doesNotContain(Bench.KEY));
        return shown;
    }

    private static String output(Run run) {
        StringBuilder text = new StringBuilder();
        try (RunOutput output = run.output(1, 1).orElseThrow()) {
            output.copyTo(text);
        }
        return text.toString();
    }

    private String spoken() {
        return events.stream()
                .filter(ActivityEvent.TextWritten.class::isInstance)
                .map(event -> ((ActivityEvent.TextWritten) event).text())
                .collect(Collectors.joining());
    }

    private static List<String> arguments() throws IOException {
        List<String> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    all.add(Files.readString(process.resolve("cmdline")));
                } catch (IOException e) {
                    // It has ended meanwhile, and has no arguments any more.
                    all.add("");
                }
            }
        }
        return all;
    }
}
