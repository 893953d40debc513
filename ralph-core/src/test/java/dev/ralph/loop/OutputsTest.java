/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ArtifactException;
import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.ConfigurationException;
import dev.ralph.GateRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.OutputPart;
import dev.ralph.OutputRecord;
import dev.ralph.Run;
import dev.ralph.RunOutput;
import dev.ralph.RunStateException;
import dev.ralph.StopReason;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.internal.output.FaultyArtifacts;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.Gate;
import dev.ralph.spi.Secret;
import dev.ralph.spi.StoredArtifact;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The full output of every attempt and gate is kept where the host wants it, and costs no run anything where it fails. */
class OutputsTest {

    private static final String KEY = "sk-very-secret-0123456789";
    private static final Limits ONCE = Limits.builder().maxIterations(1).build();

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void everythingThatAttemptsAndGatesPrintIsKept() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                        echo x >>"$PLAY/count"
                        n=$(wc -l <"$PLAY/count" | tr -d ' ')
                        echo "attempt $n begins"
                        echo "something to standard error" >&2
                        [ "$n" -gt 1 ] || exit 9
                        printf 'LOOP_COMPLETE'
                        """).artifacts(files()));

        Run run = ralph.submit(task(play.directory("w"))
                .gate(Gate.command("sh", "-c", "echo all is well; echo '1 warning' >&2"))
                .gate(Gate.command("true"))
                .build());
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);

        assertThat(text(run.output(1, 1)))
                .hasValueSatisfying(text -> assertThat(text.lines())
                        .containsExactlyInAnyOrder("attempt 1 begins", "something to standard error"));
        assertThat(printed(run.output(2, 1), OutputChannel.STDOUT)).isEqualTo("attempt 2 begins\nLOOP_COMPLETE");
        assertThat(printed(run.output(2, 1), OutputChannel.STDERR)).isEqualTo("something to standard error\n");
        assertKept(run.attempts(2).get(0).output(), "attempt-2-1-e", 17 + 28 + 13);
        GateRecord gate = run.gates().get(0);
        assertKept(gate.output(), "gate-2-1-e", 22);
        assertThat(printed(run.output(gate), OutputChannel.STDOUT)).isEqualTo("all is well\n");
        assertThat(printed(run.output(gate), OutputChannel.STDERR)).isEqualTo("1 warning\n");
        assertThat(run.gates().get(1).output()).isEqualTo(OutputRecord.NOTHING);
        assertThat(run.output(run.gates().get(1))).isEmpty();
        assertThat(run.output(7, 1)).isEmpty();
        assertThat(run.output(1, 2)).isEmpty();
    }

    /** The epoch at the end of a reference counts stints: a wait may have ended one. */
    private static void assertKept(@Nullable OutputRecord output, String reference, long bytes) {
        OutputRecord kept = Objects.requireNonNull(output);
        assertThat(kept.reference()).startsWith(reference);
        assertThat(kept.bytes()).isEqualTo(bytes);
        assertThat(kept.cut()).isFalse();
    }

    @Test
    void aSecretIsInNoOutput() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .secrets(name -> name.equals("KEY") ? Optional.of(new Secret("KEY", KEY)) : Optional.empty())
                .agent(play.agent("scripted", """
                                printf 'my key is '; printf '%.9s' "$API_KEY"; sleep 0.05; printf '%s\\n' "${API_KEY#?????????}"
                                echo "refused: $API_KEY" >&2
                                echo "$API_KEY" >leak
                                echo LOOP_COMPLETE
                                """).secret("API_KEY", "KEY").build())
                .artifacts(files()));

        Run run = ralph.submit(task(play.directory("w"))
                .gate(Gate.command("cat", "leak"))
                .limits(ONCE)
                .build());
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);

        assertThat(text(run.output(1, 1)))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("my key is [redacted]\n", "refused: [redacted]\n")
                        .doesNotContain(KEY.substring(0, 9), KEY.substring(9)));
        assertThat(text(run.output(run.gates().get(0)))).contains("[redacted]\n");
    }

    @Test
    void unlessTheHostAsksForItNothingIsKept() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo hello; echo LOOP_COMPLETE"));

        Run run = ralph.submit(
                task(play.directory("w")).gate(Gate.command("echo", "hello")).build());
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);

        assertThat(run.attempts(1)).extracting(AttemptRecord::output).containsOnlyNulls();
        assertThat(run.gates()).extracting(GateRecord::output).containsOnlyNulls();
        assertThat(run.output(1, 1)).isEmpty();
        assertThat(run.output(run.gates().get(0))).isEmpty();
        assertThat(run.deleteOutputs()).isZero();
        assertThat(ralph.artifacts()).isEmpty();
    }

    @Test
    void configurationAloneKeepsThem() throws Exception {
        Path folder = play.file("artifacts");
        Orchestrator ralph = play.start(play.orchestrator("echo hello; echo LOOP_COMPLETE")
                .property("RALPH_ARTIFACTS_DIR", folder.toString())
                .property("RALPH_ARTIFACTS_RETENTION_DAYS", "30"));
        Run run = ralph.submit(task(play.directory("w")).build());
        result(run);

        assertThat(text(run.output(1, 1))).hasValue("hello\nLOOP_COMPLETE\n");
        assertThat(ralph.artifacts().orElseThrow().maintain()).isZero();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).anyMatch(file -> file.endsWith(run.id() + "/attempt-1-1-e1.gz"));
        }
    }

    @Test
    void noneMeansNoneWhateverTheFolder() throws Exception {
        Path folder = play.file("artifacts");
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE")
                .property("RALPH_ARTIFACTS", "none")
                .property("RALPH_ARTIFACTS_DIR", folder.toString()));
        result(ralph.submit(task(play.directory("w")).build()));

        assertThat(folder).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "RALPH_ARTIFACTS, s3, there are [file] and 'none'",
        "RALPH_ARTIFACTS, file, RALPH_ARTIFACTS_DIR does not say where",
        "RALPH_ARTIFACTS_DIR, /proc/none, name one that this user may write to",
        "RALPH_ARTIFACTS_MAX_MB, 0, must be from 1 to",
        "RALPH_ARTIFACTS_MAX_MB, many, a whole number of megabytes",
        "ENCRYPTION_ACCEPT_CLEAR, perhaps, must be true or false",
    })
    void whatCannotWorkIsRefusedWhenItIsBuilt(String name, String value, String message) {
        OrchestratorBuilder builder = Orchestrator.builder().property(name, value);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "x"})
    void aRetentionThatIsNoNumberOfDaysIsRefused(String days) {
        OrchestratorBuilder builder = Orchestrator.builder()
                .property("RALPH_ARTIFACTS_DIR", play.file("artifacts").toString())
                .property("RALPH_ARTIFACTS_RETENTION_DAYS", days);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("RALPH_ARTIFACTS_RETENTION_DAYS '" + days + "' must be");
    }

    @Test
    void aStoreThatFailsCostsTheOutputAndNothingElse() throws Exception {
        ArtifactStore full = new FaultyArtifacts(at -> {
            throw new ArtifactException("no space left on the device");
        });
        Orchestrator ralph =
                play.start(play.orchestrator("echo hello; echo LOOP_COMPLETE").artifacts(full));

        Run run = ralph.submit(
                task(play.directory("w")).gate(Gate.command("echo", "hello")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(run.attempts(1)).extracting(AttemptRecord::output).containsExactly(OutputRecord.notKept(20));
        assertThat(run.gates()).extracting(GateRecord::output).containsExactly(OutputRecord.notKept(6));
        assertThat(run.output(1, 1)).isEmpty();
    }

    @Test
    void ofAFloodTheBeginningAndTheEndAreKept() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(
                        "echo begins; yes 'a line of some length' | head -c 5000000; echo; echo LOOP_COMPLETE")
                .artifacts(files())
                .maxArtifact(1));

        Run run = ralph.submit(task(play.directory("w")).build());
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);

        OutputRecord cut = OutputRecord.kept("attempt-1-1-e1", 5_000_000 + 7 + 1 + 14, true);
        assertThat(run.attempts(1)).extracting(AttemptRecord::output).containsExactly(cut);
        try (RunOutput output = run.output(1, 1).orElseThrow()) {
            List<OutputPart> parts = parts(output);
            assertThat(parts.get(0)).isEqualTo(new OutputPart.Printed(OutputChannel.STDOUT, "begins\n"));
            assertThat(parts.get(parts.size() - 1))
                    .isEqualTo(new OutputPart.Printed(OutputChannel.STDOUT, "LOOP_COMPLETE\n"));
            assertThat(parts).filteredOn(OutputPart.Missing.class::isInstance).hasSize(1);
            assertThat(parts.stream().mapToLong(OutputsTest::bytes).sum()).isEqualTo(cut.bytes());
        }
    }

    @Test
    void whatIsNotPrintedByAProcessIsKeptIfTheAdapterSaysSo() throws Exception {
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.printed(OutputChannel.STDOUT, ByteBuffer.wrap("an answer\n".getBytes(StandardCharsets.UTF_8)));
            return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.NOTHING);
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent).artifacts(files()));

        Run run = ralph.submit(task(play.directory("w")).build());
        result(run);

        assertThat(text(run.output(1, 1))).hasValue("an answer\n");
    }

    @Test
    void anAdapterThatThrowsLeavesWhatItHadPrinted() throws Exception {
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.printed(OutputChannel.STDERR, ByteBuffer.wrap("last words".getBytes(StandardCharsets.UTF_8)));
            throw new IllegalStateException("a bug");
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent).artifacts(files()));

        Run run = ralph.submit(task(play.directory("w")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.INTERNAL_ERROR);
        assertThat(text(run.output(1, 1))).hasValue("last words");
    }

    @Test
    void anAttemptThatIsCancelledLeavesWhatItHadPrinted() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo working; echo x >>\"$PLAY/started\"; sleep 1000")
                .artifacts(files()));
        Run run = ralph.submit(task(play.directory("w")).build());
        play.awaitLines("started", 1);
        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(run::deleteOutputs)
                .withMessageContaining("once it has ended");

        run.cancel();
        result(run);

        assertThat(run.attempts(1)).extracting(AttemptRecord::status).containsExactly(AttemptStatus.INTERRUPTED);
        assertThat(text(run.output(1, 1))).hasValue("working\n");
    }

    @Test
    void theOutputsOfARunAreDeletedAndItsRecordsStay() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph =
                play.start(play.orchestrator("echo hello; echo LOOP_COMPLETE").artifacts(files));
        Run run = ralph.submit(
                task(play.directory("w")).gate(Gate.command("echo", "hello")).build());
        Run other = ralph.submit(task(play.directory("other")).build());
        result(run);
        result(other);

        assertThat(run.deleteOutputs()).isEqualTo(2);

        assertThat(run.deleteOutputs()).isZero();
        assertThat(run.output(1, 1)).isEmpty();
        assertThat(run.output(run.gates().get(0))).isEmpty();
        assertThat(run.attempts(1).get(0).output()).isEqualTo(OutputRecord.kept("attempt-1-1-e1", 20, false));
        assertThat(files.list(run.id())).isEmpty();
        assertThat(text(other.output(1, 1))).hasValue("hello\nLOOP_COMPLETE\n");
    }

    @Test
    void anOwnerThatLostTheRunLeavesTheNextOnesOutputAlone() throws Exception {
        InMemoryStore store = play.closing(new InMemoryStore(InstantSource.system()));
        FileArtifactStore files = files();
        FaultyStore way = new FaultyStore(store);
        CountDownLatch cutOff = new CountDownLatch(1);
        InProcessAgent stubborn = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.printed(OutputChannel.STDOUT, ByteBuffer.wrap("of the first".getBytes(StandardCharsets.UTF_8)));
            cutOff.countDown();
            new CountDownLatch(1).await();
            throw new IllegalStateException("nobody interrupted it");
        });
        Orchestrator first = play.start(Orchestrator.builder()
                .store(way)
                .node("first")
                .agent(stubborn)
                .artifacts(files)
                .leases(Duration.ofSeconds(6), Duration.ofMillis(2500)));
        Run run = first.submit(task(play.directory("w")).build());
        cutOff.await();
        way.cutOff();
        Orchestrator second = play.start(play.orchestrator("echo of the second; echo LOOP_COMPLETE")
                .store(store)
                .node("second")
                .artifacts(files));

        assertThat(result(second.resume(run.id())).reason()).isEqualTo(StopReason.COMPLETED);
        way.heal();
        first.close(Duration.ZERO);

        Run seen = second.find(run.id()).orElseThrow();
        assertThat(seen.attempts(1))
                .extracting(AttemptRecord::status)
                .containsExactly(AttemptStatus.ABANDONED, AttemptStatus.SUCCEEDED);
        assertThat(seen.attempts(1).get(0).output()).isNull();
        assertThat(text(seen.output(1, 2))).hasValue("of the second\nLOOP_COMPLETE\n");
        assertThat(files.list(run.id()))
                .extracting(StoredArtifact::id)
                .extracting(ArtifactId::epoch)
                .containsExactly(2L);
        until(() -> isEmpty(play.file("artifacts/unfinished")) ? true : null, "the end of what the first wrote");
    }

    private FileArtifactStore files() {
        return play.closing(new FileArtifactStore(play.file("artifacts")));
    }

    private static boolean isEmpty(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Optional<String> text(Optional<RunOutput> output) {
        return output.map(opened -> {
            try (opened) {
                StringBuilder text = new StringBuilder();
                opened.copyTo(text);
                return text.toString();
            }
        });
    }

    private static String printed(Optional<RunOutput> output, OutputChannel channel) {
        StringBuilder text = new StringBuilder();
        try (RunOutput opened = output.orElseThrow()) {
            for (OutputPart part : parts(opened)) {
                if (part instanceof OutputPart.Printed printed && printed.channel() == channel) {
                    text.append(printed.text());
                }
            }
        }
        return text.toString();
    }

    private static List<OutputPart> parts(RunOutput output) {
        List<OutputPart> parts = new ArrayList<>();
        for (OutputPart part = output.next(); part != null; part = output.next()) {
            parts.add(part);
        }
        return parts;
    }

    private static long bytes(OutputPart part) {
        return part instanceof OutputPart.Printed printed
                ? printed.text().length()
                : ((OutputPart.Missing) part).bytes();
    }
}
