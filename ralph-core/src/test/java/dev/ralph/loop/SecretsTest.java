/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.CheckpointPolicy;
import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Gate;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A secret that an agent is given and prints appears nowhere. */
class SecretsTest {

    private static final String KEY = "sk-very-secret-0123456789";
    private static final String SECOND_LINE = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
    private static final String PEM = "-----BEGIN KEY-----\n" + SECOND_LINE + "\n-----END KEY-----";

    @RegisterExtension
    final Playground play = new Playground();

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
    void printedOnEitherStreamInAnyOutcome() throws Exception {
        Orchestrator ralph = play.start(builder("""
                echo x >>"$PLAY/count"
                echo "my key is $API_KEY"
                echo "$PRIVATE_KEY"
                echo "refused: $API_KEY" >&2
                [ "$(wc -l <"$PLAY/count")" -gt 1 ] || exit 9
                echo LOOP_COMPLETE
                """));

        Run run = ralph.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(1)))
                .gate(Gate.command("true"))
                .build());
        RunResult result = result(run);
        ralph.close();

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(events).anyMatch(event -> event.toString().contains("my key is [redacted]"));
        assertThat(run(run, result)).contains("[redacted]");
        assertNowhere(run(run, result));
    }

    @Test
    @Tag("linux")
    void notInTheArgumentsOfAnyProcess() throws Exception {
        Orchestrator ralph = play.start(builder("echo x >>\"$PLAY/started\"; sleep 1000"));
        Run run = ralph.submit(task(play.directory("w")).build());
        play.awaitLines("started", 1);

        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                Path arguments = process.resolve("cmdline");
                if (Files.isReadable(arguments)) {
                    assertThat(new String(readQuietly(arguments), StandardCharsets.UTF_8))
                            .doesNotContain(KEY);
                }
            }
        }
        assertThat(run.snapshot().status().isFinal()).isFalse();
    }

    @Test
    void inTheMessageOfAnAdapterThatThrowsOrFails() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .store(store())
                .secrets(name -> name.equals("KEY") ? Optional.of(new Secret("KEY", KEY)) : Optional.empty())
                .listener(events::add)
                .agent(new AgentAdapterProvider() {
                    @Override
                    public String id() {
                        return "scripted";
                    }

                    @Override
                    public AgentAdapter create(ProviderContext context) {
                        return new InProcessAgent("scripted", (invocation, listener) -> {
                            String key =
                                    context.secrets().find("KEY").orElseThrow().reveal();
                            listener.text("chunk " + key);
                            listener.toolCalled("http", "GET /?key=" + key);
                            listener.toolReturned("http", false, "401 " + key);
                            listener.toolCalled("a tool that is called " + key, "");
                            listener.toolReturned("a tool that is called " + key, true, "");
                            if (invocation.iteration() == 1) {
                                return new AgentOutcome.Failed(
                                        FailureClass.AGENT_ERROR, "401 for " + key, null, UsageReport.UNKNOWN);
                            }
                            throw new IllegalStateException("401 for " + key, new RuntimeException(key));
                        });
                    }
                }));

        Run run = ralph.submit(task(play.directory("w")).build());
        RunResult result = result(run);
        event(run, StateEvent.RunEnded.class);
        ralph.close();

        assertThat(result.reason()).isEqualTo(StopReason.INTERNAL_ERROR);
        assertThat(result.detail()).contains("401 for [redacted]");
        assertNowhere(run(run, result));
    }

    @Test
    void noWordOfAnAgentIsInTheLogWhenItsRunWaits() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .store(store())
                .listener(events::add)
                .agent(play.agent("scripted", "echo 'come back when the moon is full' >&2; exit 75")
                        .exitCode(75, FailureClass.RATE_LIMITED)
                        .build()));

        Run run = ralph.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofHours(1), Duration.ofHours(1)))
                .build());
        StateEvent.RunWaiting waiting = event(run, StateEvent.RunWaiting.class);
        ralph.close();

        assertThat(waiting.why()).contains("moon");
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("waits until"))
                .noneMatch(line -> line.contains("moon"));
    }

    @Test
    void inTheFeedbackOfAGate() throws Exception {
        Orchestrator ralph = play.start(builder("echo \"$API_KEY\" >leak; cat >\"$PLAY/prompt\"; echo LOOP_COMPLETE"));

        Run run = ralph.submit(task(play.directory("w"))
                .gate(Gate.command("sh", "-c", "cat leak; exit 1"))
                .limits(Limits.builder().maxIterations(2).build())
                .build());
        RunResult result = result(run);
        ralph.close();

        assertThat(run.gates()).extracting(GateRecord::feedback).allMatch(text -> text.contains("[redacted]"));
        assertThat(play.file("prompt")).content().doesNotContain(KEY);
        assertNowhere(run(run, result));
    }

    @Test
    void ofAShapeNobodyToldOfNotEvenInTheNameOfAGate() throws Exception {
        String token = "ghp_" + "a1B2".repeat(9);
        Orchestrator ralph = play.start(saying(token));

        Run run = ralph.submit(checkedWith(token));
        RunResult result = result(run);
        ralph.close();

        assertThat(run.gates())
                .extracting(GateRecord::gate)
                .containsExactly("sh -c cat leak; exit 1 [redacted]", "sh -c cat leak; exit 1 [redacted]");
        assertThat(run.gates()).extracting(GateRecord::feedback).allMatch(text -> text.contains("[redacted]"));
        assertThat(play.file("prompt")).content().contains("Gate 'sh -c cat leak; exit 1 [redacted]' rejected it");
        assertThat(run(run, result)).contains("token [redacted] from").doesNotContain("a1B2a1B2");
        assertThat(events)
                .anyMatch(event -> event.toString().contains("token [redacted] from"))
                .anyMatch(event -> event instanceof ActivityEvent.GateStarted started
                        && started.gate().contains("[redacted]"))
                .noneMatch(event -> event.toString().contains("a1B2a1B2"));
    }

    @Test
    void inTheNameOfAFileThatIsLeftOutOfCheckpoints() throws Exception {
        String token = "ghp_" + "a1B2".repeat(9);
        Path repository = play.repository("repo");
        Files.writeString(repository.resolve(token + ".env"), "TOKEN=\n");
        Orchestrator ralph = play.start(builder("echo x >made"));

        Run run = ralph.submit(task(repository)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .limits(Limits.builder().maxIterations(1).build())
                .build());
        RunResult result = result(run);
        ralph.close();

        assertThat(run(run, result)).contains("[redacted].env (secret)").doesNotContain(token);
    }

    @Test
    void shapesStayAsTheyAreWhereTheHostWantsIt() throws Exception {
        String token = "ghp_" + "a1B2".repeat(9);
        Orchestrator ralph = play.start(saying(token).redactPatterns(false));

        Run run = ralph.submit(checkedWith(token));
        RunResult result = result(run);
        ralph.close();

        assertThat(run.gates()).extracting(GateRecord::gate).allMatch(name -> name.contains(token));
        assertThat(run(run, result)).contains(token).contains("told [redacted]").doesNotContain(KEY);
    }

    @Test
    void aValueThatIsNeitherTrueNorFalseStopsTheStart() {
        assertThatThrownBy(() -> Orchestrator.builder()
                        .property("RALPH_REDACT_PATTERNS", "maybe")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("RALPH_REDACT_PATTERNS is 'maybe' in the builder, but must be true or false");
    }

    private OrchestratorBuilder saying(String token) {
        return builder("cat >\"$PLAY/prompt\"; echo \"told $API_KEY\" >leak; echo 'token " + token
                + " from' | tee -a leak;" + " echo LOOP_COMPLETE");
    }

    private RunSpec checkedWith(String token) throws IOException {
        return task(play.directory("w"))
                .gate(Gate.command("sh", "-c", "cat leak; exit 1", token))
                .limits(Limits.builder().maxIterations(2).build())
                .build();
    }

    private OrchestratorBuilder builder(String script) {
        return Orchestrator.builder()
                .secrets(name -> switch (name) {
                    case "KEY" -> Optional.of(new Secret("KEY", KEY));
                    case "PEM" -> Optional.of(new Secret("PEM", PEM));
                    default -> Optional.empty();
                })
                .store(store())
                .listener(events::add)
                .agent(play.agent("scripted", script)
                        .secret("API_KEY", "KEY")
                        .secret("PRIVATE_KEY", "PEM")
                        .build());
    }

    private InMemoryStore store() {
        return play.closing(new InMemoryStore(InstantSource.system()));
    }

    private static String run(Run run, RunResult result) {
        StringBuilder all = new StringBuilder(result.toString()).append(run.snapshot());
        run.events(0, 1000).forEach(all::append);
        run.iterations(0, 1000).forEach(iteration -> all.append(iteration).append(run.attempts(iteration.iteration())));
        return all.append(run.attempts(1))
                .append(run.gates())
                .append(run.checkpoints())
                .toString();
    }

    private void assertNowhere(String records) {
        StringBuilder logged = new StringBuilder();
        for (ILoggingEvent line : List.copyOf(log.list)) {
            logged.append(line.getFormattedMessage()).append('\n');
            for (var failure = line.getThrowableProxy(); failure != null; failure = failure.getCause()) {
                logged.append(failure.getMessage()).append('\n');
            }
        }
        assertThat(events).isNotEmpty();
        assertThat(log.list).isNotEmpty();
        for (String secret : List.of(KEY, SECOND_LINE)) {
            assertThat(records).doesNotContain(secret);
            assertThat(logged).doesNotContain(secret);
            assertThat(events).noneMatch(event -> event.toString().contains(secret));
        }
    }

    private static byte[] readQuietly(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
