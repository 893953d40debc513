/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AgentRef;
import dev.ralph.CheckpointPolicy;
import dev.ralph.GateRef;
import dev.ralph.Limits;
import dev.ralph.OnInterrupted;
import dev.ralph.ProgressPolicy;
import dev.ralph.Prompt;
import dev.ralph.RetryPolicy;
import dev.ralph.RunSpec;
import dev.ralph.StoreException;
import dev.ralph.UnknownUsage;
import dev.ralph.WorkspaceRef;
import dev.ralph.event.StateEvent;
import dev.ralph.gate.CommandGate;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Phase;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredEvent;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCodecTest {

    private final RunCodec codec = new RunCodec();

    static Stream<Class<?>> events() {
        return Samples.cases(StateEvent.class).stream();
    }

    static Stream<Class<?>> phases() {
        return Samples.cases(Phase.class).stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackEqual(Class<? extends StateEvent> type) {
        for (boolean filled : new boolean[] {true, false}) {
            StateEvent event = new Samples(filled).record(type);

            StoredEvent stored = codec.encode(event);

            assertThat(stored.seq()).isEqualTo(event.seq());
            assertThat(stored.at()).isEqualTo(event.at());
            assertThat(stored.type()).matches("[a-z]+(_[a-z]+)*");
            assertThat(codec.event(stored)).contains(event);
        }
    }

    @Test
    void typesOfEventsAreDistinct() {
        assertThat(events().map(type -> codec.encode((StateEvent) new Samples(true).record(type))
                        .type()))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("phases")
    void everyStateComesBackEqualInEveryPhase(Class<? extends Phase> phase) {
        for (boolean filled : new boolean[] {true, false}) {
            LoopState state = with(new Samples(filled).record(LoopState.class), new Samples(filled).record(phase));

            LoopState back = codec.state(codec.encode(state, full()));

            assertThat(back).isEqualTo(state);
            assertThat(back.totals().spend().billed())
                    .isEqualTo(state.totals().spend().billed());
        }
    }

    @Test
    void aSpecComesBackEqual() {
        assertThat(codec.spec(codec.encode(full()))).isEqualTo(full());
        RunSpec small = RunSpec.promptFile(Path.of("PROMPT.md"))
                .workspace(Path.of("/w"))
                .build();
        assertThat(codec.spec(codec.encode(small))).isEqualTo(small);
    }

    @Test
    void theTraceASpecWasSubmittedInComesBackBesideIt() {
        Map<String, String> trace = Map.of(
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate", "vendor=1");

        Payload traced = codec.encode(full(), trace);

        assertThat(traced.version()).isEqualTo(1);
        assertThat(codec.trace(traced)).isEqualTo(trace);
        assertThat(codec.spec(traced)).isEqualTo(full());
    }

    @Test
    void aSpecThatNobodyTracesIsWrittenAsBefore() {
        assertThat(text(codec.encode(full()))).doesNotContain("trace\"");
        assertThat(codec.trace(codec.encode(full()))).isEmpty();
    }

    @Test
    void aTraceOfAnotherShapeIsNone() {
        String plain = text(codec.encode(full()));
        for (String other : List.of("7", "\"x\"", "null", "[1]", "{\"traceparent\":7}")) {
            assertThat(codec.trace(payload(plain.replaceFirst("\\{", "{\"trace\":" + other + ","))))
                    .isEmpty();
        }
    }

    @Test
    void aSpecFromBeforeThereWerePrioritiesHasNone() {
        String old = text(codec.encode(full())).replaceAll("\"priority\":\\d+,", "");
        assertThat(old).doesNotContain("priority");

        assertThat(codec.spec(payload(old)).priority()).isZero();
    }

    @Test
    void aDirectoryIsWrittenAsOlderNodesReadIt() {
        Payload payload = codec.encode(full());

        assertThat(payload.version()).isEqualTo(1);
        assertThat(text(payload)).contains("\"workspace\":\"/a b/ü\",");
        assertThat(codec.encode(LoopState.submitted(full()), full()).version()).isEqualTo(1);
    }

    @Test
    void anotherWorkspaceHasAVersionThatOlderNodesLeaveAlone() {
        for (WorkspaceRef other : List.of(
                WorkspaceRef.git("https://example.com/x.git"),
                new WorkspaceRef("directory", Map.of("path", "/w", "more", "x")))) {
            RunSpec spec = RunSpec.prompt("x").workspace(other).build();

            Payload payload = codec.encode(spec);

            assertThat(payload.version()).isEqualTo(2);
            assertThat(codec.spec(payload)).isEqualTo(spec);
            Payload state = codec.encode(LoopState.submitted(spec), spec);
            assertThat(state.version()).isEqualTo(2);
            assertThat(codec.state(state)).isEqualTo(LoopState.submitted(spec));
        }
        assertThat(RunCodec.READABLE).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aWorkspaceThatWasWrittenAsAnObjectInVersion1IsRead() {
        String directory = text(codec.encode(full()))
                .replace(
                        "\"workspace\":\"/a b/ü\"",
                        "\"workspace\":{\"type\":\"directory\",\"settings\":{\"path\":\"/a b/ü\"}}");
        assertThat(directory).contains("settings\":{\"path\"");

        assertThat(codec.spec(payload(directory))).isEqualTo(full());
    }

    /** Nodes of other versions read these bytes: a change here needs a new version, or a default for what is not there. */
    @Test
    void theBytesOfASpecAreThese() throws Exception {
        RunSpec small = RunSpec.prompt("x").workspace(Path.of("/w")).taskId("t").build();
        RunSpec moving = RunSpec.prompt("x")
                .workspace(WorkspaceRef.git("https://example.com/x.git"))
                .taskId("t")
                .build();

        assertThat(text(codec.encode(small))).isEqualTo(golden("spec-1.json"));
        assertThat(text(codec.encode(moving))).isEqualTo(golden("spec-2.json"));
        Map<String, String> trace = new TreeMap<>(Map.of(
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate", "vendor=1"));
        assertThat(text(codec.encode(small, trace))).isEqualTo(golden("spec-1-traced.json"));
        assertThat(codec.spec(payload(golden("spec-1-traced.json")))).isEqualTo(small);
    }

    private static String golden(String name) throws Exception {
        try (InputStream bytes = RunCodecTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(bytes, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void aStateFromBeforeWorkspacesMovedHasThemNowhere() {
        LoopState state = LoopState.submitted(full());
        String old = text(codec.encode(state, full())).replaceAll("\"whereabouts\":\\{[^}]*},", "");
        assertThat(old).doesNotContain("whereabouts");

        assertThat(codec.state(payload(old))).isEqualTo(state);
    }

    @Test
    void anEventOfAKindThisCodeDoesNotKnowIsPassedOver() {
        StoredEvent newer = new StoredEvent(1, "no_such_event", Instant.EPOCH, payload("{\"type\":\"no_such_event\"}"));

        assertThat(codec.event(newer)).isEmpty();
    }

    @Test
    void moneyKeepsItsScale() {
        RunSpec back = codec.spec(codec.encode(full()));

        assertThat(back.limits().maxCost()).isEqualTo(new BigDecimal("5.00"));
        assertThat(back.limits().reservedCost()).isEqualTo(new BigDecimal("0.0000001"));
    }

    @Test
    void aPromptOfTenMegabytesComesBackEqual() {
        RunSpec large = RunSpec.prompt("ü".repeat(Prompt.MAX_BYTES / 2))
                .workspace(Path.of("/w"))
                .build();

        assertThat(codec.spec(codec.encode(large)).prompt()).isEqualTo(large.prompt());
    }

    @Test
    void settingsComeBackWithTheirTypes() {
        Map<String, Object> settings = Map.of(
                "text",
                "a",
                "whole",
                5,
                "large",
                1L << 40,
                "part",
                2.0,
                "yes",
                true,
                "list",
                List.of("x", 1),
                "map",
                Map.of("k", List.of(false)));
        RunSpec spec = RunSpec.prompt("x")
                .workspace(Path.of("/w"))
                .agent(new AgentRef("a", settings))
                .build();

        assertThat(codec.spec(codec.encode(spec)).agents().get(0).settings())
                .isEqualTo(spec.agents().get(0).settings())
                .containsEntry("whole", 5L)
                .containsEntry("part", 2.0);
    }

    @Test
    void topLevelFieldsOfANewerNodeSurviveThisOne() {
        String json = text(codec.encode(LoopState.submitted(full()), full()));
        String newer = json.substring(0, json.length() - 1) + ",\"future\":{\"deep\":[1,\"ü\",null]},\"flag\":true}";

        LoopState state = codec.state(payload(newer));
        String back = text(codec.encode(state, full()));

        assertThat(back).contains("\"future\":{\"deep\":[1,\"ü\",null]}", "\"flag\":true");
        assertThat(codec.state(payload(back))).isEqualTo(state);
        assertThat(state.extras()).containsOnlyKeys("future", "flag");
    }

    @Test
    void anotherVersionIsRefusedAndAnEventOfOneIsPassedOver() {
        byte[] bytes = codec.encode(full()).bytes();
        Payload newer = new Payload(RunCodec.WORKSPACES + 1, bytes);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> codec.spec(newer))
                .withMessageContaining("version " + (RunCodec.WORKSPACES + 1))
                .withMessageContaining("upgrade");
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> codec.state(newer));
        assertThat(codec.event(new StoredEvent(1, "new_kind", Instant.EPOCH, newer)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "42",
                "\u0001\u0002",
                "{}",
                "{\"type\":\"run_submitted\"}",
                "{\"workspace\":7}"
            })
    void damagedBytesAreRefusedWithAClearMessage(String bytes) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> codec.spec(payload(bytes)))
                .withMessageContaining("damaged");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> codec.state(payload(bytes)))
                .withMessageContaining("damaged");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> codec.event(new StoredEvent(1, "x", Instant.EPOCH, payload(bytes))))
                .withMessageContaining("damaged");
    }

    @Test
    void bytesThatAreCutAnywhereAreRefused() {
        byte[] whole = codec.encode(full()).bytes();
        for (int length = 0; length < whole.length; length += 7) {
            Payload cut = new Payload(RunCodec.VERSION, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> codec.spec(cut));
        }
    }

    @Test
    void aStateThatLacksAFieldIsDamaged() {
        String json = text(codec.encode(LoopState.submitted(full()), full()));

        for (String field : List.of("status", "phase", "totals", "clock", "inbox", "agents")) {
            String without = json.replace("\"" + field + "\":", "\"was_" + field + "\":");
            assertThat(without).isNotEqualTo(json);
            assertThatExceptionOfType(StoreException.class)
                    .as(field)
                    .isThrownBy(() -> codec.state(payload(without)))
                    .withMessageContaining("damaged");
        }
    }

    private static RunSpec full() {
        return RunSpec.prompt("Make the \"tests\" pass 🧀\n")
                .workspace(Path.of("/a b/ü"))
                .agent("claude")
                .agent(new AgentRef("command", Map.of("command", List.of("sh", "-c", "true"))))
                .limits(new Limits(
                        7,
                        Duration.ofHours(5).plusNanos(1),
                        1L << 40,
                        new BigDecimal("5.00"),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(4),
                        10L,
                        new BigDecimal("0.0000001"),
                        UnknownUsage.COUNT_REPORTED))
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(9))
                .progress(new ProgressPolicy(4, 0.75, 6))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .completionPromise("Ship it!")
                .gate(CommandGate.of(List.of("mvn", "-q", "test")).withTimeout(Duration.ofSeconds(90)))
                .gate(new GateRef("custom", "eyes", Map.of("four", true)))
                .onInterrupted(OnInterrupted.ROLLBACK)
                .startDelay(Duration.ofSeconds(5))
                .priority(7)
                .taskId("ticket-1")
                .tenant("tenant")
                .subject("subject")
                .label("team", "blue")
                .budget("b1")
                .budget("b2")
                .build();
    }

    /** The state with another phase; by reflection, so that a new component needs no change here. */
    private static LoopState with(LoopState state, Phase phase) {
        RecordComponent[] components = LoopState.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getType() == Phase.class
                        ? phase
                        : components[i].getAccessor().invoke(state);
            }
            return LoopState.class
                    .getConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("LoopState cannot be rebuilt", e);
        }
    }

    private static Payload payload(String json) {
        return new Payload(RunCodec.VERSION, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }
}
