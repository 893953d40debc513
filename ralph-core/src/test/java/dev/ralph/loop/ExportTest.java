/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.Actor;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.StoreUnavailableException;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditQuery;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Gate;
import dev.ralph.store.InMemoryStore;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All that is kept of a subject is handed out, and nothing of anybody else. */
class ExportTest {

    private static final String SUBJECT = "subject-4711";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());
    private FaultyStore way = new FaultyStore(store);

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
        way = new FaultyStore(store);
    }

    @Test
    void everythingRecordedOfASubjectIsWritten() throws Exception {
        Orchestrator ralph = node();
        Run run = ended(ralph.as(Actor.of(SUBJECT).from("192.0.2.7")), SUBJECT, play.repository("repo"));
        ended(ralph, "somebody-else", play.directory("other"));

        List<JsonNode> lines = export(ralph);

        assertThat(of(lines, "run")).singleElement().satisfies(line -> {
            assertThat(line.path("id").asText()).isEqualTo(run.id().toString());
            assertThat(line.path("labels").path("team").asText()).isEqualTo("blue");
            assertThat(line.path("subject").asText()).isEqualTo(SUBJECT);
            assertThat(line.path("spec").path("prompt").path("value").asText()).isEqualTo("Do the task");
            assertThat(line.path("spec").path("tenant").asText()).isEqualTo("acme");
            assertThat(line.path("spec").path("requestedLimits").path("maxCost").asText())
                    .isEqualTo("7.50");
            assertThat(Instant.parse(line.path("createdAt").asText()))
                    .isEqualTo(run.snapshot().createdAt());
        });
        assertThat(of(lines, "iteration"))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.path("outputPreview").asText()).contains("hello"));
        assertThat(of(lines, "attempt"))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.path("output").path("reference").asText())
                                .isEqualTo("attempt-1-1-e1"));
        assertThat(of(lines, "gate")).hasSize(1);
        assertThat(of(lines, "checkpoint")).hasSize(run.checkpoints().size());
        assertThat(of(lines, "event")).hasSize(run.events(0, 1_000).size());
        assertThat(of(lines, "event").get(0).path("name").asText()).isEqualTo("run_submitted");
        assertThat(of(lines, "output"))
                .extracting(line -> line.path("reference").asText() + " "
                        + line.path("channel").asText() + " "
                        + line.path("text").asText())
                .containsExactly("attempt-1-1-e1 stdout hello\nLOOP_COMPLETE\n", "gate-1-1-e1 stdout fine\n");
        assertThat(lines.stream().filter(line -> line.has("run")))
                .allSatisfy(line ->
                        assertThat(line.path("run").asText()).isEqualTo(run.id().toString()));
        assertThat(lines).noneSatisfy(line -> assertThat(line.has("unreadable")).isTrue());
    }

    @Test
    void entriesOfTheTrailOnItsRunsAndByItselfAreWrittenOnce() throws Exception {
        Orchestrator ralph = node();
        Run run = ended(ralph.as(Actor.of(SUBJECT).from("192.0.2.7")), SUBJECT, play.directory("w"));
        Run others = ended(ralph.as(Actor.of(SUBJECT)), "somebody-else", play.directory("other"));

        List<JsonNode> audit = of(export(ralph), "audit");

        assertThat(audit).extracting(line -> line.path("entry_id").asText()).doesNotHaveDuplicates();
        assertThat(audit)
                .filteredOn(line -> line.path("user_id").asText().equals(SUBJECT))
                .extracting(line -> line.path("run_id").asText())
                .containsExactly(run.id().toString(), others.id().toString());
        assertThat(audit)
                .filteredOn(line -> line.path("run_id").asText().equals(run.id().toString()))
                .extracting(line -> line.path("action").asText())
                .contains(AuditActions.SUBMIT, AuditActions.TAKEN_UP, AuditActions.ENDED);
        assertThat(audit)
                .filteredOn(
                        line -> line.path("run_id").asText().equals(others.id().toString()))
                .hasSize(1);
    }

    @Test
    void guidanceIsWrittenOfARunThatHasNotEndedToo() throws Exception {
        Orchestrator ralph = node();
        Run run = ralph.submit(task(play.directory("w"))
                .subject(SUBJECT)
                .startDelay(Duration.ofHours(1))
                .build());
        run.guide("look closer");

        assertThat(of(export(ralph), "command")).singleElement().satisfies(line -> {
            assertThat(line.path("command").asText()).isEqualTo("guide");
            assertThat(line.path("text").asText()).isEqualTo("look closer");
        });
    }

    @Test
    void whatCannotBeReadIsToldAndTheRestIsWritten() throws Exception {
        Orchestrator ralph = node();
        Run broken = ended(ralph, SUBJECT, play.directory("w"));
        Run whole = ended(ralph, SUBJECT, play.directory("other"));
        way.loseKeyOf(broken.id());

        List<JsonNode> lines = export(ralph);

        assertThat(of(lines, "run")).hasSize(2);
        assertThat(lines.stream()
                        .filter(line ->
                                line.path("run").asText().equals(broken.id().toString()))
                        .filter(line -> !line.path("type").asText().equals("command"))
                        .filter(line -> !line.path("type").asText().equals("audit")))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.path("unreadable").asText()).contains("the key of run " + broken.id()));
        assertThat(of(lines, "iteration"))
                .filteredOn(line -> !line.has("unreadable"))
                .extracting(line -> line.path("run").asText())
                .containsExactly(whole.id().toString());
    }

    @Test
    void oneEventThatCannotBeReadHidesNoOther() throws Exception {
        Orchestrator ralph = node();
        Run run = ended(ralph, SUBJECT, play.directory("w"));
        List<StateEvent> all = run.events(0, 1_000);
        way.damageEvent(3);

        List<JsonNode> events = of(export(ralph), "event");

        assertThat(events).hasSize(all.size());
        assertThat(events.get(2).path("number").asLong()).isEqualTo(3);
        assertThat(events.get(2).path("unreadable").asText()).contains("event 3");
        assertThat(events).filteredOn(line -> line.has("unreadable")).hasSize(1);
    }

    @Test
    void anOutputThatIsNotHereIsNamed() throws Exception {
        Orchestrator ralph = node();
        ended(ralph, SUBJECT, play.directory("w")).deleteOutputs();

        assertThat(of(export(ralph), "output")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("reference").asText()).isNotEmpty();
            assertThat(line.path("unreadable").asText()).contains("artifact store");
        });
    }

    @Test
    void aStoreThatIsLostEndsIt() throws Exception {
        Orchestrator ralph = node();
        ended(ralph, SUBJECT, play.directory("w"));
        way.cutOff();

        StringWriter text = new StringWriter();
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> ralph.privacy().export(SUBJECT, text));
        assertThat(text.toString()).doesNotContain("\"end\"");
    }

    @Test
    void aTargetThatCannotBeWrittenEndsIt() throws Exception {
        Orchestrator ralph = node();
        ended(ralph, SUBJECT, play.directory("w"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ralph.as(Actor.of("officer")).privacy().export(SUBJECT, new FullDisk()));

        assertThat(store.audit()
                        .orElseThrow()
                        .list(AuditQuery.NEWEST.withPrincipal("officer"))
                        .items())
                .extracting(
                        stored -> stored.entry().action() + " " + stored.entry().outcome())
                .containsExactly("subject.export FAILED", "subject.export REQUESTED");
    }

    @Test
    void afterErasingThereIsNothingOfItsRuns() throws Exception {
        Orchestrator ralph = node();
        ended(ralph, SUBJECT, play.directory("w"));
        ralph.privacy().erase(SUBJECT);

        assertThat(export(ralph)).isEmpty();
    }

    private Orchestrator node() {
        return play.start(play.orchestrator("echo hello; echo LOOP_COMPLETE")
                .store(way)
                .artifacts(play.closing(new FileArtifactStore(play.file("artifacts")))));
    }

    private static Run ended(Orchestrator ralph, String subject, Path workspace) throws Exception {
        Run run = ralph.submit(task(workspace)
                .subject(subject)
                .tenant("acme")
                .label("team", "blue")
                .limits(Limits.builder().maxIterations(1).maxCost("7.50").build())
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .gate(Gate.command("echo", "fine"))
                .build());
        result(run);
        return run;
    }

    private static List<JsonNode> export(Orchestrator ralph) {
        StringWriter text = new StringWriter();
        long lines = ralph.privacy().export(SUBJECT, text);
        List<JsonNode> read = text.toString().lines().map(ExportTest::read).toList();
        JsonNode end = read.get(read.size() - 1);
        assertThat(end.path("type").asText()).isEqualTo("end");
        assertThat(end.path("lines").asLong()).isEqualTo(lines);
        assertThat(read).hasSize(Math.toIntExact(lines) + 1);
        return read.subList(0, read.size() - 1);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> of(List<JsonNode> lines, String type) {
        return lines.stream()
                .filter(line -> line.path("type").asText().equals(type))
                .toList();
    }

    private static final class FullDisk extends Writer {

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
