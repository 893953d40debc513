/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.AgentOutcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Gemini CLI 0.61.0 printed against a scripted server, replayed through a real process that prints the same to the
 * same channels and ends the same way. Those named {@code stream-} were made with the adapter's own arguments; many others
 * print one JSON document instead of a stream and so have no result for it.
 */
@Tag("linux")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingsTest {

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeAll
    void open(@TempDir Path folder) {
        bench = new Bench(folder);
    }

    @AfterAll
    void close() {
        bench.close();
    }

    /** A line of the table: the recording, and the outcome as {@link #shown} writes it. */
    record Expected(String recording, String outcome) {

        static Expected of(String line) {
            int colon = line.indexOf(": ");
            return new Expected(line.substring(0, colon), line.substring(colon + 2));
        }

        @Override
        public String toString() {
            return recording;
        }
    }

    static Stream<Expected> table() throws Exception {
        return Files.readAllLines(resource("expected-outcomes.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Expected::of);
    }

    @ParameterizedTest
    @MethodSource("table")
    void hasTheOutcomeOfTheTable(Expected expected) throws Exception {
        AgentOutcome outcome = bench.invoke(bench.client(replay(expected.recording())));

        assertThat(shown(outcome)).isEqualTo(expected.outcome());
    }

    @Test
    void noRecordingIsForgotten() throws Exception {
        try (Stream<Path> files = Files.list(resource("recordings"))) {
            List<String> recorded = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".exit"))
                    .map(name -> name.substring(0, name.length() - ".exit".length()))
                    .sorted()
                    .toList();

            assertThat(table().map(Expected::recording).sorted().toList()).isEqualTo(recorded);
        }
    }

    @Test
    void aRecordedRunIsHeard() throws Exception {
        Heard heard = new Heard();

        bench.invoke(bench.client(replay("write-auto_edit")), "work", java.util.Map.of(), heard);

        assertThat(heard.told())
                .containsExactly(
                        "text: I will write.",
                        "call write_file: /workspace/hello.txt",
                        "ok write_file: ",
                        "text: Done, file written.");
        assertThat(heard.reports()).hasSize(1);
    }

    @Test
    void aToolThatIsNotOfferedIsHeardToFail() throws Exception {
        Heard heard = new Heard();

        bench.invoke(bench.client(replay("shell-auto_edit")), "work", java.util.Map.of(), heard);

        assertThat(heard.told())
                .contains("call run_shell_command: echo hi > out.txt")
                .anyMatch(line -> line.startsWith("failed run_shell_command: Tool \"run_shell_command\" not found."));
    }

    private static String replay(String name) throws Exception {
        Path recordings = resource("recordings");
        String exit = Files.readString(recordings.resolve(name + ".exit")).strip();
        String end = exit.startsWith("signal SIG")
                ? "kill -" + exit.substring("signal SIG".length()) + " $$"
                : "exit " + exit;
        return "cat > /dev/null; cat '" + recordings.resolve(name + ".stdout") + "'; cat '"
                + recordings.resolve(name + ".stderr") + "' >&2; " + end;
    }

    private static String shown(AgentOutcome outcome) {
        String usage = outcome.usage().usage() == null
                ? "unknown"
                : "in %d out %d cached %d"
                        .formatted(
                                outcome.usage().usage().input(),
                                outcome.usage().usage().output(),
                                outcome.usage().usage().cacheRead());
        String cost = outcome.usage().cost().kind() + " "
                + outcome.usage().cost().amount().stripTrailingZeros().toPlainString();
        if (outcome instanceof AgentOutcome.Finished finished) {
            return "FINISHED '" + finished.result().replace("\n", "\\n") + "' | " + usage + " | " + cost;
        }
        AgentOutcome.Failed failed = (AgentOutcome.Failed) outcome;
        return failed.failure() + (failed.retryAfter() == null ? "" : " after " + failed.retryAfter()) + " | " + usage
                + " | " + cost + " | " + failed.message().replaceAll("/[^ ]*/", "/…/");
    }

    private static Path resource(String name) throws IOException {
        URL url = Objects.requireNonNull(RecordingsTest.class.getResource("/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
