/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.ralph.Prompt;
import dev.ralph.RunId;
import dev.ralph.event.StateEvent;
import dev.ralph.internal.machine.Phase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The JSON of stored values: records by their component names, sealed types by a stable {@code type} name. */
final class RalphJson {

    private static final int MAX_TEXT = 64 << 20;

    private RalphJson() {}

    /** The mapper of all that is stored; thread-safe. Made when it is first asked for, so that a host does not start with it. */
    static JsonMapper mapper() {
        return OnDemand.MAPPER;
    }

    /** The names under which events are stored. */
    static Set<String> eventTypes() {
        return OnDemand.EVENT_TYPES;
    }

    /** Hundreds of classes, of no use before the first run. */
    private static final class OnDemand {

        private static final JsonMapper MAPPER = make();
        private static final Set<String> EVENT_TYPES = Arrays.stream(
                        EventTypes.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static JsonMapper make() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_TEXT)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .addModule(values())
                .addMixIn(Prompt.class, PromptTypes.class)
                .addMixIn(Phase.class, PhaseTypes.class)
                .addMixIn(StateEvent.class, EventTypes.class)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .build();
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("ralph-values");
        addText(module, RunId.class, RunId::parse);
        addText(module, Instant.class, Instant::parse);
        addText(module, LocalDate.class, LocalDate::parse);
        addText(module, Duration.class, Duration::parse);
        addText(module, Path.class, Path::of);
        // Not a JSON number: read back as a double it would lose digits.
        addText(module, BigDecimal.class, BigDecimal::new);
        return module;
    }

    private static <T> void addText(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new TextDeserializer<>(type, parse));
    }

    private static final class TextDeserializer<T> extends FromStringDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) {
            return parse.apply(value);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Prompt.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Prompt.File.class, name = "file")
    })
    private interface PromptTypes {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Phase.Idle.class, name = "idle"),
        @JsonSubTypes.Type(value = Phase.Attempting.class, name = "attempting"),
        @JsonSubTypes.Type(value = Phase.Verifying.class, name = "verifying"),
        @JsonSubTypes.Type(value = Phase.Ended.class, name = "ended")
    })
    private interface PhaseTypes {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = StateEvent.RunSubmitted.class, name = "run_submitted"),
        @JsonSubTypes.Type(value = StateEvent.RunTakenUp.class, name = "run_taken_up"),
        @JsonSubTypes.Type(value = StateEvent.AttemptStarted.class, name = "attempt_started"),
        @JsonSubTypes.Type(value = StateEvent.AttemptSettled.class, name = "attempt_settled"),
        @JsonSubTypes.Type(value = StateEvent.IterationRecorded.class, name = "iteration_recorded"),
        @JsonSubTypes.Type(value = StateEvent.GateChecked.class, name = "gate_checked"),
        @JsonSubTypes.Type(value = StateEvent.ClaimRejected.class, name = "claim_rejected"),
        @JsonSubTypes.Type(value = StateEvent.CheckpointMade.class, name = "checkpoint_made"),
        @JsonSubTypes.Type(value = StateEvent.CheckpointFailed.class, name = "checkpoint_failed"),
        @JsonSubTypes.Type(value = StateEvent.WorkspaceRestored.class, name = "workspace_restored"),
        @JsonSubTypes.Type(value = StateEvent.WorkspaceMoved.class, name = "workspace_moved"),
        @JsonSubTypes.Type(value = StateEvent.RunWaiting.class, name = "run_waiting"),
        @JsonSubTypes.Type(value = StateEvent.RunPaused.class, name = "run_paused"),
        @JsonSubTypes.Type(value = StateEvent.RunResumed.class, name = "run_resumed"),
        @JsonSubTypes.Type(value = StateEvent.GuidanceReceived.class, name = "guidance_received"),
        @JsonSubTypes.Type(value = StateEvent.RunHandedBack.class, name = "run_handed_back"),
        @JsonSubTypes.Type(value = StateEvent.RunRetried.class, name = "run_retried"),
        @JsonSubTypes.Type(value = StateEvent.RunEnded.class, name = "run_ended")
    })
    private interface EventTypes {}
}
